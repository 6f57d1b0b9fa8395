import type { PlaceRecord } from "./records";

/** The host counts its marks from 1, and the program its rounds from here. */
const firstRound = 2 ** 40;

/** The number that people know a stop by; `last` is that of the one before, -1 without one. */
export function stopNumber(id: number, last: number): number {
  return id > last && id < firstRound ? id : Math.max(1, last + 1);
}

/** Why a moment is measured at which a cell has ended: it is no stop of a debugger. */
export const endOfCell = "after the cell";

/** Where a round of a leak hunt ends: no place in a file, for nobody stops there. */
export function roundPlace(name: string): PlaceRecord {
  return {
    file: `<round${name === "" ? "" : ` ${name}`}>`,
    line: 0,
    function: "",
    reason: "round",
  };
}
