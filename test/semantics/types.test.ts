import { checkTypes } from "./check-types";

describe("types", () => {
  it("of literals and displays", () => {
    checkTypes(`
"a"  # str
f"{a}"  # str
b"a"  # bytes
17  # int
0xFF  # int
1e9  # float
2j  # ?
True  # bool
None  # None
...  # ?
[a]  # list
[x for x in y]  # list
(a, b)  # tuple
{a}  # set
{a: b}  # dict
{**a}  # dict
{x: x for x in y}  # dict
(x for x in y)  # generator
lambda: 1  # ?
`);
  });

  it("of operators", () => {
    checkTypes(`
"%s" % a  # str
"a" + "b"  # str
"a" + b  # ?
3 * "a"  # str
[0] * n  # list
a * [0]  # list
[1] + [2]  # list
(1,) + (2,)  # tuple
[1] + (2,)  # ?
b"a" + bytearray()  # bytes
1 + 2  # int
1 / 2  # float
1 // 2  # int
7 % 2.5  # float
2 ** a  # ?
2 ** -1  # ?
True + True  # int
True | False  # bool
{1} | {2}  # set
{1} + {2}  # ?
{} | {}  # dict
not a  # bool
-1  # int
-a  # ?
a in b  # bool
a is not None  # bool
a == b  # ?
1 < 2  # bool
"a" if b else "c"  # str
"a" if b else d  # ?
a or "b"  # ?
"a" or "b"  # str
(c := "b")  # str
`);
  });

  it("of names, where all that is bound to them agrees", () => {
    checkTypes(`
text = ""
text += other
text = text + other
text  # str
mixed = ""
mixed = 3
mixed  # ?
unknown = ""
unknown = make()
unknown  # ?
one, two = "", []
one  # str
two  # list
(three, *four) = "", []
three  # ?
five = six = {}
six  # dict
seven = eight
eight = seven
seven  # ?
whole = 0
whole += 1
whole  # int
half = 1
half /= 2
half  # ?
total = 0
total += price
total  # ?
__file__  # str
for letter in "abc":
    letter  # str
for count in range(3):
    count  # int
for count, letter in enumerate("abc"):
    count  # int
    letter  # str
for word in "a b".split():
    word  # str
for part in [1, "a"]:
    part  # ?
[word for word in text.split(",")][0]  # ?
`);
  });

  it("of annotated names", () => {
    checkTypes(`
import numpy as np
import typing as t
from pandas import DataFrame
from typing import Final, List, Optional, Union

def f(a: str, b: list[int], c: "list[int]", d: "np.ndarray", e: List[str], g: "DataFrame", *h, **i):
    a  # str
    b  # list
    c  # list
    d  # ndarray
    e  # list
    g  # DataFrame
    h  # tuple
    i  # dict

def f(a: Optional[str], b: str | None, c: "str | None", d: Union[str, bytes], e: str = None, g: "Own"):
    a  # ?
    b  # ?
    c  # ?
    d  # ?
    e  # ?
    g  # ?

def f(a: str = "", *b: str, **c: str):
    a  # str
    b  # tuple
    c  # dict

def f():
    a: Optional[list] = []
    a  # list
    b: Optional[list]
    b = []
    b  # list
    c: list = make()
    c  # list
    d: Final[dict] = make()
    d  # dict
    e: t.Set[int]
    e  # set
    g: Optional[list] = None
    g = []
    g  # ?

class Own:
    list = 3

    def f(self, a: "list", b: list):
        a  # ?
        b  # ?

def f(str, a: "str"):
    a  # str

`);
    checkTypes(`
def list(): ...

def f(a: "list", b: list):
    a  # ?
    b  # ?
`);
  });

  it("of functions of the file that say what they give", () => {
    checkTypes(`
def names() -> list[str]: ...
def quoted() -> "list": ...
def maybe() -> list | None: ...
async def later() -> list: ...
@decorated
def other() -> list: ...
def silent(): ...
names()  # list
quoted()  # list
maybe()  # ?
later()  # ?
other()  # ?
silent()  # ?
`);
  });
});
