/* Preloaded into a Python process: counts the calls that change what lies below one folder, and at the n-th
 * kills the process or makes the call fail. Built with: cc -shared -fPIC -O1 -o shim.so shim.c -ldl
 *
 * Only descriptors opened below the folder count for write and fsync; only paths below it for the others.
 * Calls with a folder descriptor (unlinkat as shutil.rmtree uses it) count when that descriptor is one of ours.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum action { NOTHING, KILL_BEFORE, KILL_AFTER, TORN_WRITE, SHORT_WRITE, FAIL };

enum { DESCRIPTORS = 4096 };
static char root[4096];
static size_t root_length;
static long count, target;
static enum action action;
static int failure, persistent;
static char ours[DESCRIPTORS];

/* Act at call number `at`; `code` is the errno of FAIL; `persist` makes every later call fail too. */
void shim_arm(const char *path, long at, int what, int code, int persist) {
  snprintf(root, sizeof root, "%s", path);
  root_length = strlen(root);
  count = 0;
  target = at;
  action = (enum action)what;
  failure = code;
  persistent = persist;
}

long shim_count(void) { return count; }

static int below(const char *path) { return root_length && path && strncmp(path, root, root_length) == 0; }
static int is_ours(int fd) { return fd >= 0 && fd < DESCRIPTORS && ours[fd]; }
static int at_ours(int fd, const char *path) { return path && path[0] == '/' ? below(path) : is_ours(fd); }

static int struck(void) {
  count++;
  return target > 0 && (count == target || (persistent && count > target));
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* One counted call. A torn write is one of the writes; for any other call it is a kill before it. */
#define COUNTED(counts, type, call) \
  do { \
    if (!(counts)) return call; \
    int hit = struck(); \
    if (hit && (action == KILL_BEFORE || action == TORN_WRITE)) die(); \
    if (hit && action == FAIL) { errno = failure; return (type)-1; } \
    type result = call; \
    if (hit && action == KILL_AFTER) die(); \
    return result; \
  } while (0)

static ssize_t counted_write(int fd, size_t size, ssize_t (*put)(int, const void *, size_t), const void *data) {
  if (!is_ours(fd)) return put(fd, data, size);
  int hit = struck();
  if (hit && action == KILL_BEFORE) die();
  if (hit && action == TORN_WRITE) {
    (void)!put(fd, data, size / 2);
    die();
  }
  if (hit && action == FAIL) {
    errno = failure;
    return -1;
  }
  ssize_t written = put(fd, data, hit && action == SHORT_WRITE && size > 1 ? size / 2 : size);
  if (hit && action == KILL_AFTER) die();
  return written;
}

static int opened(int fd, int mine) {
  if (fd >= 0 && fd < DESCRIPTORS) ours[fd] = (char)mine;
  return fd;
}

#define OPEN(mine, call) \
  do { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    int inside = (mine); \
    if (!(inside && (flags & (O_CREAT | O_TRUNC)))) return opened(call, inside); \
    int hit = struck(); \
    if (hit && (action == KILL_BEFORE || action == TORN_WRITE)) die(); \
    if (hit && action == FAIL) { errno = failure; return -1; } \
    int fd = opened(call, inside); \
    if (hit && action == KILL_AFTER) die(); \
    return fd; \
  } while (0)

int open(const char *path, int flags, ...) { REAL(open); OPEN(below(path), real(path, flags, mode)); }
int open64(const char *path, int flags, ...) { REAL(open64); OPEN(below(path), real(path, flags, mode)); }
int openat(int at, const char *path, int flags, ...) {
  REAL(openat);
  OPEN(at_ours(at, path), real(at, path, flags, mode));
}
int openat64(int at, const char *path, int flags, ...) {
  REAL(openat64);
  OPEN(at_ours(at, path), real(at, path, flags, mode));
}
int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < DESCRIPTORS) ours[fd] = 0;
  return real(fd);
}
ssize_t write(int fd, const void *data, size_t size) {
  REAL(write);
  return counted_write(fd, size, real, data);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  REAL(pwrite64);
  COUNTED(is_ours(fd), ssize_t, real(fd, data, size, offset));
}
int fsync(int fd) { REAL(fsync); COUNTED(is_ours(fd), int, real(fd)); }
int fdatasync(int fd) { REAL(fdatasync); COUNTED(is_ours(fd), int, real(fd)); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); COUNTED(is_ours(fd), int, real(fd, size)); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); COUNTED(is_ours(fd), int, real(fd, size)); }
int rename(const char *from, const char *to) { REAL(rename); COUNTED(below(to), int, real(from, to)); }
int link(const char *from, const char *to) { REAL(link); COUNTED(below(to), int, real(from, to)); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(linkat);
  COUNTED(at_ours(b, to), int, real(a, from, b, to, flags));
}
int unlink(const char *path) { REAL(unlink); COUNTED(below(path), int, real(path)); }
int unlinkat(int at, const char *path, int flags) {
  REAL(unlinkat);
  COUNTED(at_ours(at, path), int, real(at, path, flags));
}
int rmdir(const char *path) { REAL(rmdir); COUNTED(below(path), int, real(path)); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); COUNTED(below(path), int, real(path, mode)); }
