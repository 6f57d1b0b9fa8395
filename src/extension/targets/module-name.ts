import { basename, dirname, extname, join } from "node:path";

/** A file as the module that other files import. */
export interface ModuleName {
  /** The folder that it is imported from. */
  readonly root: string;
  /** As in `shop.orders`; a package's own file is the package. */
  readonly name: string;
}

/**
 * Finds the module that a file is: packages are the folders around it with an `__init__.py`. Null
 * where no import could name it.
 */
export function moduleOf(file: string, exists: (path: string) => boolean): ModuleName | null {
  const stem = basename(file, extname(file));
  const parts = stem === "__init__" ? [] : [stem];
  let root = dirname(file);
  while (exists(join(root, "__init__.py")) && dirname(root) !== root) {
    parts.unshift(basename(root));
    root = dirname(root);
  }
  const isName = parts.length > 0 && parts.every(part => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part));
  return isName ? { root, name: parts.join(".") } : null;
}

/** The name to give to `python -m`: of `__main__.py` the package, which runs it. */
export function runnableName({ name }: ModuleName): string {
  return name.replace(/\.__main__$/, "");
}
