/** How `check` is used, for people. */
export const checkUsage = `Usage: memory-insights check [options] [PATH...]

Finds memory anti-patterns in Python files and notebooks, and in those below folders (default: the
working folder). With - as the path it reads standard input.

Rules and files; these win over pyproject.toml and memory-insights.toml:
  --select CODES                   only these: codes, prefixes (MEM1), rule names, ALL, DEFAULT
  --extend-select CODES            these too
  --ignore CODES                   not these
  --per-file-ignores PATTERN:CODE  not this one in the files of a pattern
  --exclude PATTERNS               leave out these files and folders instead of the usual ones
  --extend-exclude PATTERNS        leave out these too
  --force-exclude                  leave them out even when they are named
  --no-respect-gitignore           also look at what .gitignore names
  --target-version VERSION         the oldest Python that the code runs on: py39 and so on
  --include-generated              report on generated code too
  --config FILE                    the configuration of all files
  --isolated                       read no configuration file

Fixes:
  --fix                            apply the fixes that keep behaviour, and report what is left
  --diff                           show what --fix would change, and write nothing

Known findings:
  --write-baseline FILE            write what is found now, and exit with 0
  --baseline FILE                  report only what is not in that file

Output:
  --min-severity LEVEL             report only what is error, warning, information or hint, or
                                   above; --fix and --write-baseline take all
  --output-format FORMAT           text (or concise), full, grouped, json, json-lines, sarif,
                                   github, gitlab, junit; --format is the same
  -o, --output-file FILE           write there instead of standard output
  --statistics                     count findings by rule
  --timings                        say which files took most processor time
  -q, --quiet                      findings only, without a summary
  -v, --verbose                    say which files were passed over, and why
  --explain CODE                   show the page of a rule

Running:
  --stdin-filename NAME            the name of what - reads
  -w, --watch                      check again whenever a file changes
  -n, --no-cache                   analyse unchanged files again
  --threads N                      check with so many threads at most
  --exit-zero                      exit with 0 also when something was found
  --exit-non-zero-on-fix           exit with 1 also when all that was found is fixed
  -h, --help                       show this

Exit codes: 0 nothing found, 1 something found, 2 bad usage or configuration, or nothing read.
`;
