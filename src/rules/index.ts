import { arrayCopiedAgain } from "./arrays/array-copied-again";
import { arrayGrownInLoop } from "./arrays/array-grown-in-loop";
import { arrayLoadedWhole } from "./arrays/array-loaded-whole";
import { arrayOfList } from "./arrays/array-of-list";
import { arrayRebuiltByOperation } from "./arrays/array-rebuilt-by-operation";
import { csvReadWhole } from "./arrays/csv-read-whole";
import { dataframeApplyByRow } from "./arrays/dataframe-apply-by-row";
import { dataframeCopiedTwice } from "./arrays/dataframe-copied-twice";
import { dataframeGrownInLoop } from "./arrays/dataframe-grown-in-loop";
import { dataframeIterrows } from "./arrays/dataframe-iterrows";
import { float64ByDefault } from "./arrays/float64-by-default";
import { objectColumnOfFewValues } from "./arrays/object-column-of-few-values";
import { csvRowsListed } from "./collections/csv-rows-listed";
import { dictBuiltByLoop } from "./collections/dict-built-by-loop";
import { equalConstantKept } from "./collections/equal-constant-kept";
import { fetchallToIterate } from "./collections/fetchall-to-iterate";
import { findallToIterate } from "./collections/findall-to-iterate";
import { keysListedToIterate } from "./collections/keys-listed-to-iterate";
import { listAddedInLoop } from "./collections/list-added-in-loop";
import { listBuildingLoop } from "./collections/list-building-loop";
import { listBuiltForFirst } from "./collections/list-built-for-first";
import { listBuiltForReduction } from "./collections/list-built-for-reduction";
import { listBuiltForSetOrDict } from "./collections/list-built-for-set-or-dict";
import { listBuiltOnlyToIterate } from "./collections/list-built-only-to-iterate";
import { listBuiltToCount } from "./collections/list-built-to-count";
import { listCopiedByAppend } from "./collections/list-copied-by-append";
import { listCopiedToIterate } from "./collections/list-copied-to-iterate";
import { listReturnedOnlyToIterate } from "./collections/list-returned-only-to-iterate";
import { listWrappedReduction } from "./collections/list-wrapped-reduction";
import { listsAddedToIterate } from "./collections/lists-added-to-iterate";
import { numericListKept } from "./collections/numeric-list-kept";
import { pairsBySlice } from "./collections/pairs-by-slice";
import { rangeListedToIterate } from "./collections/range-listed-to-iterate";
import { sliceCopiedToIterate } from "./collections/slice-copied-to-iterate";
import { sortedForExtreme } from "./collections/sorted-for-extreme";
import { sortedForFew } from "./collections/sorted-for-few";
import { sumOfLists } from "./collections/sum-of-lists";
import { teeDrainedApart } from "./collections/tee-drained-apart";
import { finalizerInCycle } from "./collector/finalizer-in-cycle";
import { gcCollectInLoop } from "./collector/gc-collect-in-loop";
import { gcDisableWithoutEnable } from "./collector/gc-disable-without-enable";
import { gcFreezeWithoutFork } from "./collector/gc-freeze-without-fork";
import { profileDecoratorLeft } from "./collector/profile-decorator-left";
import { tracemallocNeverStopped } from "./collector/tracemalloc-never-stopped";
import { lruCacheOnMethod } from "./lifetime/lru-cache-on-method";
import { mutableDefaultArgument } from "./lifetime/mutable-default-argument";
import { smallViewPinsBase } from "./lifetime/small-view-pins-base";
import { unboundedHistory } from "./lifetime/unbounded-history";
import { unboundedQueue } from "./lifetime/unbounded-queue";
import { classWithoutSlots } from "./objects/class-without-slots";
import { dataclassWithoutSlots } from "./objects/dataclass-without-slots";
import { deepcopyInLoop } from "./objects/deepcopy-in-loop";
import { emptiedDictKept } from "./objects/emptied-dict-kept";
import { immutableSubclassWithoutSlots } from "./objects/immutable-subclass-without-slots";
import { instanceDictTouched } from "./objects/instance-dict-touched";
import { lateAttributes } from "./objects/late-attributes";
import { recordsAsDicts } from "./objects/records-as-dicts";
import { bytesConcatInLoop } from "./strings/bytes-concat-in-loop";
import { bytesSlicedInLoop } from "./strings/bytes-sliced-in-loop";
import { duplicatedStringsKept } from "./strings/duplicated-strings-kept";
import { eagerLogFormat } from "./strings/eager-log-format";
import { fileCopiedWhole } from "./strings/file-copied-whole";
import { fileHashedWhole } from "./strings/file-hashed-whole";
import { readSplitToIterate } from "./strings/read-split-to-iterate";
import { readlinesInFor } from "./strings/readlines-in-for";
import { stringConcatDefeatsResize } from "./strings/string-concat-defeats-resize";
import { stringConcatInLoop } from "./strings/string-concat-in-loop";
import { resourceWithoutWith } from "./lifetime/resource-without-with";
import { classAttributeGrown } from "./lifetime/class-attribute-grown";
import { registryOfInstances } from "./lifetime/registry-of-instances";
import { retainedException } from "./lifetime/retained-exception";
import { retainedFrame } from "./lifetime/retained-frame";
import { unboundedLruCache } from "./lifetime/unbounded-lru-cache";
import { largeLocalKept } from "./lifetime/large-local-kept";
import { largeLocalReboundInLoop } from "./lifetime/large-local-rebound-in-loop";
import { closureKeepsLargeLocal } from "./lifetime/closure-keeps-large-local";
import { sharedMutableDefault } from "./lifetime/shared-mutable-default";
import { listenerNeverRemoved } from "./lifetime/listener-never-removed";
import { parentChildCycle } from "./lifetime/parent-child-cycle";
import { unboundedModuleCache } from "./lifetime/unbounded-module-cache";
import type { Rule } from "./rule";

/** All rules, sorted by code. */
export const rules: readonly Rule[] = [
  listBuiltForReduction,
  listBuildingLoop,
  listBuiltOnlyToIterate,
  listBuiltForSetOrDict,
  listBuiltToCount,
  listWrappedReduction,
  listCopiedToIterate,
  rangeListedToIterate,
  keysListedToIterate,
  listBuiltForFirst,
  sortedForExtreme,
  sortedForFew,
  sliceCopiedToIterate,
  pairsBySlice,
  listsAddedToIterate,
  findallToIterate,
  fetchallToIterate,
  csvRowsListed,
  teeDrainedApart,
  listCopiedByAppend,
  dictBuiltByLoop,
  listReturnedOnlyToIterate,
  listAddedInLoop,
  sumOfLists,
  numericListKept,
  stringConcatInLoop,
  stringConcatDefeatsResize,
  readlinesInFor,
  readSplitToIterate,
  fileHashedWhole,
  fileCopiedWhole,
  bytesSlicedInLoop,
  bytesConcatInLoop,
  duplicatedStringsKept,
  eagerLogFormat,
  equalConstantKept,
  mutableDefaultArgument,
  unboundedModuleCache,
  lruCacheOnMethod,
  resourceWithoutWith,
  sharedMutableDefault,
  classAttributeGrown,
  unboundedLruCache,
  retainedException,
  retainedFrame,
  closureKeepsLargeLocal,
  parentChildCycle,
  listenerNeverRemoved,
  registryOfInstances,
  unboundedQueue,
  unboundedHistory,
  largeLocalKept,
  largeLocalReboundInLoop,
  smallViewPinsBase,
  gcDisableWithoutEnable,
  gcCollectInLoop,
  gcFreezeWithoutFork,
  finalizerInCycle,
  tracemallocNeverStopped,
  profileDecoratorLeft,
  dataclassWithoutSlots,
  classWithoutSlots,
  immutableSubclassWithoutSlots,
  recordsAsDicts,
  lateAttributes,
  instanceDictTouched,
  emptiedDictKept,
  deepcopyInLoop,
  dataframeGrownInLoop,
  arrayGrownInLoop,
  dataframeIterrows,
  dataframeApplyByRow,
  csvReadWhole,
  objectColumnOfFewValues,
  arrayOfList,
  arrayRebuiltByOperation,
  arrayCopiedAgain,
  float64ByDefault,
  arrayLoadedWhole,
  dataframeCopiedTwice,
];

export { relatedLine } from "./related-line";
export { type Saving, savingOf } from "./saving";
export type { Finding, Fix, FixSafety, Gain, Problem, Rule, RuleMeta, Severity } from "./rule";
