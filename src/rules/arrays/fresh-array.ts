import { type Model, numberTypeOf } from "#semantics";
import { type Call, type Expression, isA, type Name } from "#syntax";

/** Functions of numpy that make an array with memory of its own. */
const makers: ReadonlySet<string> = new Set(
  [
    ["arange", "array", "concatenate", "copy", "cumprod", "cumsum", "diff", "empty", "empty_like"],
    ["fft.fft", "fft.fftfreq", "fft.ifft", "fft.irfft", "fft.rfft", "fromfile", "fromiter", "full"],
    ["full_like", "genfromtxt", "geomspace", "hstack", "linspace", "loadtxt", "logspace", "ones"],
    ["ones_like", "repeat", "sort", "stack", "tile", "unique", "vstack", "zeros", "zeros_like"],
    ["argsort", "column_stack", "dstack", "identity", "eye", "append", "convolve", "outer"],
    ["random.choice", "random.normal", "random.permutation", "random.rand", "random.randint"],
    ["random.randn", "random.random", "random.uniform"],
  ]
    .flat()
    .map(name => `numpy.${name}`),
);

/** Methods of arrays that give an array with memory of its own. */
const makingMethods: ReadonlySet<string> = new Set([
  "astype",
  "copy",
  "cumprod",
  "cumsum",
  "flatten",
  "repeat",
  "round",
  "take",
]);

/**
 * Tells whether an expression makes an array that nothing else holds: by a constructor, by arithmetic
 * with a known array, or by a method that copies. An array of a few elements written out is none.
 */
export function isFreshArray(expression: Expression, model: Model, depth = 0): boolean {
  // Nobody chains more calls than this, and each would go down the chain again.
  if (depth > maxDepth) return false;
  const isMade = (part: Expression) =>
    model.typeOf(part) === "ndarray" || isFreshArray(part, model, depth + 1);
  if (isA(expression, "Binary")) {
    const { left, right } = expression;
    return (
      (isMade(left) && (isMade(right) || numberTypeOf(right, model) !== null)) ||
      (isMade(right) && numberTypeOf(left, model) !== null)
    );
  }
  if (!isA(expression, "Call")) return false;
  const name = model.qualifiedName(expression.callee);
  if (name !== null) {
    // A mapped file is not loaded, and `copy=False` may give the array that it was given.
    if (expression.args.some(each => /^(mmap_mode|copy)$/.test(each.name?.text ?? "")))
      return false;
    return (makers.has(name) && !isSmallArray(expression)) || name === "numpy.load";
  }
  const { callee } = expression;
  if (!isA(callee, "Attribute")) return false;
  // Only arrays and columns have it, and both give a new array.
  if (callee.name.text === "argsort") return true;
  if (!makingMethods.has(callee.name.text)) return false;
  return isMade(callee.object);
}

const maxDepth = 8;

const fewest = 5000;

/** Functions whose size is not their first argument, or not it alone. */
const sizedLater =
  /^(arange|linspace|logspace|geomspace|repeat|tile|normal|uniform|choice|randint)$/;

/** `np.zeros(10)`, `np.zeros((3, 4))`, `np.linspace(0, 1, 20)` or `np.array([1, 2])`. */
export function isSmallArray({ callee, args }: Call): boolean {
  const [first] = args;
  if (!first) return true;
  const name = isA(callee, "Attribute") ? callee.name : callee;
  if (!isA(name, "Name") || !sizedLater.test(name.text)) return sizeOf(first.value) <= fewest;
  const sizes = args.filter(each => each.name === null || /^(num|size|stop)$/.test(each.name.text));
  return sizes.every(({ value }) => sizeOf(value) <= fewest);
}

function sizeOf(shape: Expression): number {
  if (isA(shape, "Number")) return Number(shape.text.replaceAll("_", ""));
  if (isA(shape, "List")) return shape.elements.every(isWritten) ? shape.elements.length : Infinity;
  if (!isA(shape, "Tuple")) return Infinity;
  return shape.elements.reduce((size, each) => size * sizeOf(each), 1);
}

function isWritten(element: Expression): boolean {
  if (isA(element, "List", "Tuple")) return element.elements.every(isWritten);
  return isA(element, "Number", "Unary", "String");
}

/** The value that a name is bound to, where it is bound once, in a function, by a plain assignment. */
export function onlyValue(name: Name, model: Model): Expression | null {
  const binding = model.bindingOf(name);
  if (binding?.scope.kind !== "function") return null;
  const [write, ...others] = binding.writes;
  if (others.length > 0 || !isA(write?.by, "Assign")) return null;
  const { targets, value } = write.by;
  return targets.length === 1 && targets[0] === write.node ? value : null;
}
