// Verdicts of ajv: reads {schemas: {name: schema}, instances: [[name, instance], ...]}, prints [true, false, ...].
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const { schemas, instances } = JSON.parse(readFileSync(0, "utf8"));
// A condition asks for members that the class around it defines, and has no type of its own.
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
ajv.addVocabulary(["x-ucum-unit", "x-awen-sorted"]);
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
process.stdout.write(JSON.stringify(instances.map(([name, instance]) => validators[name](instance))));
