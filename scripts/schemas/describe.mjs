// What editors complete in settings.json and in configuration files, made from the list of checks.
// Pure: takes data, gives data.

const severities = ["error", "warning", "information", "hint", "off"];

/** What one family of codes is about, by the first digit. */
const families = {
  0: "what this tool says of its own comments",
  1: "lists, dictionaries and iterators",
  2: "strings, bytes and files",
  3: "what lives longer than it should",
  4: "the garbage collector and measuring itself",
  5: "instances and their layout",
  6: "arrays and data frames",
};

/**
 * A schema for one selector: every code, name and family with what it is about, and by their form
 * what else selects.
 *
 * @param checks `{ code, name, summary, isDefault }`, sorted by code

 */
export function selectorSchema(checks) {
  const entries = selectorEntries(checks);
  return {
    anyOf: [
      {
        enum: entries.map(([selector]) => selector),
        enumDescriptions: entries.map(([, text]) => text),
      },
      { type: "string", pattern: "^[Mm][Ee][Mm]\\d{0,3}[Xx]*$" },
    ],
  };
}

function selectorEntries(checks) {
  const used = [...new Set(checks.map(({ code }) => code.slice(0, 4)))];
  return [
    ["DEFAULT", "The default rules"],
    ["ALL", "Every rule"],
    ...used.map(prefix => [prefix, `All of ${prefix}xx: ${families[prefix.at(-1)]}`]),
    ...checks.map(check => [check.code, `${check.name}: ${describe(check)}`]),
    ...checks.map(check => [check.name, `${check.code}: ${describe(check)}`]),
  ];
}

function describe({ summary, isDefault }) {
  return isDefault === false ? `${summary} (off unless selected)` : summary;
}

/** A schema for severities by selector. */
export function severitySchema(checks) {
  const severity = { enum: severities };
  // Codes are enough to complete; names may be written all the same.
  const names = new Set(checks.map(({ name }) => name));
  const properties = selectorEntries(checks)
    .filter(([selector]) => !names.has(selector))
    .map(([selector, description]) => [selector, { ...severity, description }]);
  return {
    type: "object",
    properties: {
      "*": { ...severity, description: "Every rule" },
      ...Object.fromEntries(properties),
    },
    additionalProperties: severity,
  };
}

/** The schema of `memory-insights.toml`, and of the table in `pyproject.toml`. */
export function configurationSchema(checks, targets) {
  const strings = description => ({ type: "array", items: { type: "string" }, description });
  const selectors = description => ({
    type: "array",
    items: { $ref: "#/definitions/selector" },
    description,
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Python Memory Insights",
    type: "object",
    additionalProperties: false,
    definitions: { selector: selectorSchema(checks) },
    properties: {
      select: selectors("Rules to report; the default rules when it is missing."),
      "extend-select": selectors("Rules to report beside those of select."),
      ignore: selectors("Rules to leave out."),
      "per-file-ignores": {
        type: "object",
        additionalProperties: selectors("Rules to leave out in the files of the pattern."),
        description:
          "Rules to leave out in some files, by pattern; `!` before it means all others.",
      },
      severity: { ...severitySchema(checks), description: "How loudly rules report." },
      exclude: strings("Files and folders to leave out, instead of the default ones."),
      "extend-exclude": strings("Files and folders to leave out beside those of exclude."),
      "respect-gitignore": {
        type: "boolean",
        default: true,
        description: "Leave out what .gitignore names.",
      },
      "target-version": {
        enum: targets,
        description:
          "The oldest Python that the code has to run on; else what requires-python says.",
      },
    },
  };
}

/** The manifest with the settings that name rules. Everything else stays as it is. */
export function withSettings(manifest, checks) {
  const configuration = manifest.contributes.configuration.map(section => {
    const { properties } = section;
    if (!("memoryInsights.select" in properties)) return section;
    const set = (name, more) => ({ [name]: { ...properties[name], ...more } });
    return {
      ...section,
      properties: {
        ...properties,
        ...set("memoryInsights.select", { items: selectorSchema(checks) }),
        ...set("memoryInsights.ignore", { items: selectorSchema(checks) }),
        ...set("memoryInsights.rules", severitySchema(checks)),
      },
    };
  });
  return { ...manifest, contributes: { ...manifest.contributes, configuration } };
}
