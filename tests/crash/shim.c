/* Preloaded into a Python process: counts the calls that change what lies below one folder, and at the n-th
 * kills the process or makes the call fail. Or counts those that open, read, map and lock what lies there, and
 * makes the n-th of them fail; a kill there would leave what a kill before the next change leaves. Built with: cc -shared -fPIC -O1 -o shim.so shim.c -ldl
 *
 * Only descriptors opened below the folder count for write and fsync; only paths below it for the others.
 * Calls with a folder descriptor (unlinkat as shutil.rmtree uses it) count when that descriptor is one of ours.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum action { NOTHING, KILL_BEFORE, KILL_AFTER, TORN_WRITE, SHORT_WRITE, FAIL, FAIL_READING };

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
  if (action == FAIL_READING) return 0;
  count++;
  return target > 0 && (count == target || (persistent && count > target));
}

/* Whether a call that changes nothing is to fail; sets errno. */
static int unreadable(int counts) {
  if (action != FAIL_READING || !counts) return 0;
  count++;
  if (target <= 0 || !(count == target || (persistent && count > target))) return 0;
  errno = failure;
  return 1;
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

/* One write: `call(size)` does it, with fewer octets where it is torn or short. */
#define WRITTEN(call) \
  do { \
    if (!is_ours(fd)) return call(size); \
    int hit = struck(); \
    if (hit && action == KILL_BEFORE) die(); \
    if (hit && action == TORN_WRITE) { \
      (void)!call(size / 2); \
      die(); \
    } \
    if (hit && action == FAIL) { errno = failure; return -1; } \
    ssize_t written = call(hit && action == SHORT_WRITE && size > 1 ? size / 2 : size); \
    if (hit && action == KILL_AFTER) die(); \
    return written; \
  } while (0)

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
    if (unreadable(inside)) return -1; \
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
#define WRITE(n) real(fd, data, n)
  WRITTEN(WRITE);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  REAL(pwrite64);
#define PWRITE(n) real(fd, data, n, offset)
  WRITTEN(PWRITE);
}
ssize_t read(int fd, void *data, size_t size) {
  REAL(read);
  return unreadable(is_ours(fd)) ? -1 : real(fd, data, size);
}
ssize_t pread64(int fd, void *data, size_t size, off64_t offset) {
  REAL(pread64);
  return unreadable(is_ours(fd)) ? -1 : real(fd, data, size, offset);
}
void *mmap64(void *at, size_t size, int protection, int flags, int fd, off64_t offset) {
  REAL(mmap64);
  return unreadable(is_ours(fd)) ? MAP_FAILED : real(at, size, protection, flags, fd, offset);
}
int flock(int fd, int operation) {
  REAL(flock);
  return unreadable(is_ours(fd)) ? -1 : real(fd, operation);
}
DIR *opendir(const char *path) {
  REAL(opendir);
  return unreadable(below(path)) ? NULL : real(path);
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
