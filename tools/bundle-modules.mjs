import { builtinModules } from 'node:module';

/**
 * The modules of a webpack development bundle, as it names them in the comment above each: files relative to the
 * project's folder, and requests such as `util (ignored)`.
 * @param {string} code
 * @returns {string[]}
 */
export function modulesOf(code) {
  const names = [...code.matchAll(/^ {2}!\*\*\* (.+) \*\*\*!$/gm)].map((match) => match[1]);
  return [...new Set(names)];
}

const rooms = /^\.\/dist\/(services|activities|client|desk|workers|offline)\//;
const packages = /(^|\/)node_modules\/(zod)\//;
/** The SDK carries its own safe versions of these for the sandbox. */
const provided = /module-overrides\/(assert|url|util)\.js$/;

/** The modules that a workflow must not carry, each with the reason. */
export function forbidden(modules) {
  return modules.flatMap((name) => {
    if (provided.test(name)) return [];
    if (rooms.test(name)) return [`${name}: workflows import contract/ and only types of activities/`];
    if (packages.test(name)) return [`${name}: a copy per cached workflow eats the heap`];
    const bare = name
      .replace(/^external /, '')
      .replace(/ \(ignored\)$/, '')
      .replace(/^node:/, '');
    if (builtinModules.includes(bare)) return [`${name}: a Node builtin breaks determinism`];
    return [];
  });
}
