// Style law: src/README.md. Sizes are warnings, everything else is an error.
import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

const nodeGlobals = Object.fromEntries(
  ["process", "console", "fetch", "URL", "Buffer", "AbortController", "AbortSignal"]
    .concat(["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate"])
    .concat(["URLSearchParams", "performance", "structuredClone", "TextDecoder", "TextEncoder"])
    .map(name => [name, "readonly"]),
);

const commonJsGlobals = { require: "readonly", module: "writable", __dirname: "readonly" };

const sizes = {
  "max-lines-per-function": ["warn", { max: 60, skipBlankLines: true, skipComments: true }],
  "max-lines": ["warn", { max: 300, skipBlankLines: true, skipComments: true }],
};

const noEmptyCatch = {
  selector: "CatchClause > BlockStatement[body.length=0]",
  message: "A caught error is logged, turned into a result, or explained by a statement.",
};

const noDefaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name, so that one thing has one name everywhere.",
};

/** Folders that go over file after file, whose trees have to go as they came. */
const analysis = ["syntax", "semantics", "rules", "analyzer"];
const keepsFilesAlive = [
  [
    "ObjectExpression > Property[kind='get']",
    "Give the getter to a class: V8 keeps what a literal's getter sees alive.",
  ],
  [
    "AssignmentExpression[left.type='MemberExpression'][right.type=/Function/]",
    "Assign data: V8 keeps what a function assigned to a property sees alive.",
  ],
  [
    "NewExpression[callee.name=/^Weak(Map|Set)$/]",
    "Use a map that somebody empties: V8 takes the keys of weak ones for alive.",
  ],
].map(([selector, message]) => ({ selector, message: `${message} See decision 0024.` }));

export default tseslint.config(
  { ignores: ["dist/", ".cache/", ".vscode-test/", "node_modules/", "media/"] },
  eslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...sizes,
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-restricted-syntax": ["error", noDefaultExport, noEmptyCatch],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // Numbers read well in a template; objects and undefined do not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // A describe block is as long as its cases.
    files: ["test/**"],
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: analysis.map(folder => `src/${folder}/**/*.ts`),
    rules: {
      "no-restricted-syntax": ["error", noDefaultExport, noEmptyCatch, ...keepsFilesAlive],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: nodeGlobals },
    rules: { ...sizes, "no-restricted-syntax": ["error", noEmptyCatch] },
  },
  {
    files: ["**/*.test.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        ["describe", "it", "before", "after", "beforeEach", "afterEach"].map(n => [n, "readonly"]),
      ),
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { sourceType: "commonjs", globals: { ...nodeGlobals, ...commonJsGlobals } },
    rules: sizes,
  },
  { files: ["eslint.config.mjs"], rules: { "no-restricted-syntax": "off" } },
);
