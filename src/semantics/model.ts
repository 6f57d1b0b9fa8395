import type {
  Attribute,
  ClassDef,
  Expression,
  FunctionDef,
  Module,
  Name,
  Node,
  Segment,
  SourceFile,
} from "#syntax";
import { AttributeIndex } from "./attribute-index";
import { createAnswers } from "./answers";
import { FileNames, type NameChanges } from "./bind";
import { createNames, type Names } from "./names";
import { newReads, noReads, readsNothing, type Reads, type Watch } from "./outer-names";
import type { Reference, Scope } from "./scope";
import { createTypes, type TypeName } from "./types";

/** A version of Python 3: `{ minor: 9 }` is 3.9. */
export interface PythonTarget {
  readonly minor: number;
}

/** What a file means: the questions that rules ask of it. A question without an answer gives null. */
export interface Model extends Names {
  readonly file: SourceFile;
  readonly module: Module;
  readonly moduleScope: Scope;
  /** The oldest Python that the file has to run on; null when nobody says. */
  readonly target: PythonTarget | null;
  /** All scopes, in source order. */
  scopes(): readonly Scope[];
  /** The scope that a scope's own node opens; null for other nodes. */
  scopeOpenedBy(node: Node): Scope | null;
  /** The reference that a name is; null for builtins, unknown names and attribute names. */
  referenceOf(name: Name): Reference | null;
  /** The type of a value, where it is plain to see. */
  typeOf(expression: Expression): TypeName | null;
  /** Every `x.name` of the file, whatever `x` is, in source order. */
  attributesNamed(name: string): readonly Attribute[];
  /** The text of a node as it was written. */
  textOf(node: Node): string;
  /** The function or class that a name stands for, when it is defined once and in this file. */
  definitionOf(expression: Expression): FunctionDef | ClassDef | null;
  /**
   * Answers a question about something once and keeps the answer while the same piece of code is
   * looked at. For what costs a walk and is asked again for each of many parts, such as whether a
   * loop changes a name. A question has one type of answer.
   */
  once<T>(about: object, question: string, answer: () => T): T;
}

/** What an edit changed of the meaning of a file. */
export interface ModelChanges extends NameChanges {
  /** Names of the attributes in the segments that went or came. */
  readonly attributes: ReadonlySet<string>;
}

/** A model of a file that is edited in place. */
export interface OpenModel {
  readonly model: Model;
  /**
   * Exchanges segments after an edit. Tells whose code, or the meaning of whose names, is another
   * than before; null when that may be everywhere, and then a new model is needed.
   */
  update(removed: readonly Segment[], added: readonly Segment[]): ModelChanges | null;
  /** Runs a piece of analysis and notes what it looks at beyond its own segment. */
  watched(analysis: () => void): Reads;
}

/** Makes the model of a file. Never throws; broken parts have no names. */
export function createModel(file: SourceFile, target: PythonTarget | null = null): Model {
  return openModel(file, target).model;
}

/** Makes a model that can follow the edits of its file. @see createModel */
export function openModel(file: SourceFile, target: PythonTarget | null): OpenModel {
  const watch: Watch = { reads: null };
  const fileNames = new FileNames(file, watch);
  const names = createNames(fileNames);
  const attributes = new AttributeIndex(file, watch);
  const types = createTypes(names);
  const referenceOf = (name: Name): Reference | null => fileNames.referenceOf(name);
  const answers = createAnswers();
  // Most pieces look at nothing beyond their segment: the next one takes over their empty sets.
  let spare = newReads();
  const model: Model = {
    ...names,
    file,
    module: file.module,
    moduleScope: fileNames.moduleScope,
    target,
    scopes() {
      return [...fileNames.scopes];
    },
    scopeOpenedBy: node => fileNames.scopeOpenedBy(node),
    referenceOf,
    typeOf: types.typeOf,
    attributesNamed: name => attributes.named(name),
    textOf: node => file.text.slice(node.span.start, node.span.end),
    definitionOf(expression) {
      if (expression.kind !== "Name") return null;
      const writes = referenceOf(expression)?.binding.writes;
      const by = writes?.length === 1 ? writes[0]?.by : null;
      return by?.kind === "FunctionDef" || by?.kind === "ClassDef" ? by : null;
    },
    once: answers.once,
  };
  return {
    model,
    update(removed, added) {
      const changes = fileNames.update(removed, added);
      const names = attributes.update(removed, added);
      return changes && { ...changes, attributes: names };
    },
    watched(analysis) {
      // What was found out for another piece would hide what this one rests on.
      types.forget();
      answers.forget();
      const reads = spare;
      watch.reads = reads;
      file.watch.read = reads.containers;
      try {
        analysis();
      } finally {
        watch.reads = null;
        file.watch.read = null;
      }
      if (readsNothing(reads)) return noReads;
      spare = newReads();
      return reads;
    },
  };
}
