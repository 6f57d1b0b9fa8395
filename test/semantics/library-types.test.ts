import { checkTypes } from "./check-types";

describe("types of the standard library, numpy and pandas", () => {
  it("of calls of builtins and the standard library", () => {
    checkTypes(`
import collections, copy, io, itertools, json, os, re, subprocess
from collections import Counter as Count, defaultdict
from os.path import basename, join
from string import digits

str(a)  # str
list(a)  # list
sorted(a)  # list
range(3)  # range
map(a, b)  # iterator
len(a)  # int
sum(a)  # ?
dict.fromkeys(a)  # dict
collections.deque(a)  # deque
defaultdict(list)  # dict
Count(a).most_common(3)  # list
itertools.chain(a, b)  # iterator
itertools.tee(a)  # ?
json.dumps(a)  # str
json.loads(a)  # ?
os.getcwd()  # str
os.listdir(a)  # list
os.path.join(a, "b")  # str
os.path.join(b"a", b)  # bytes
join(a, b)  # ?
basename("a")  # str
basename(a)  # ?
os.sep  # str
digits  # str
sys.argv  # ?
re.findall("a", b)  # list
re.compile("a").findall(b)  # list
re.sub("a", "b", "c")  # str
re.sub("a", "b", c)  # ?
re.compile("a").sub("b", b"c")  # bytes
re.match("a", b)  # ?
subprocess.check_output(a)  # bytes
subprocess.check_output(a, text=True)  # ?
subprocess.check_output(a, **b)  # ?
copy.deepcopy([])  # list
io.StringIO().getvalue()  # str
io.BytesIO().getbuffer()[1:]  # memoryview
len  # ?
`);
  });

  it("of methods and parts of known types", () => {
    checkTypes(`
"a b".split()  # list
"a b".split()[0]  # ?
" a ".strip().upper()  # str
"a".encode()  # bytes
"a".encode().decode()  # str
b"a".split(b",")  # list
bytearray().strip()  # bytearray
"a".partition("b")  # tuple
"a".find("b")  # int
"a".startswith("b")  # bool
"a"[0]  # str
b"a"[0]  # ?
b"a"[1:]  # bytes
[1][1:]  # list
[1][0]  # ?
(1, 2)[:1]  # tuple
{1}.union(a)  # set
frozenset().union(a)  # frozenset
[].copy()  # list
{}.keys()  # ?
{}.get("a")  # ?
a.split()  # ?
`);
  });

  it("of files, by their modes", () => {
    checkTypes(`
import gzip, os, tempfile
from pathlib import Path

with open(p) as f, open(p, "rb") as g, open(p, mode) as h, open(p, mode="wb+") as i:
    f  # file
    f.read()  # str
    f.readlines()  # list
    g.read()  # bytes
    h  # file
    h.read()  # ?
    i.read()  # bytes
    for line in f:
        line  # str
    for row in g:
        row  # bytes
with gzip.open(p) as j, gzip.open(p, "rt") as k, open(*p) as l, open(p, **o) as m:
    j.readline()  # bytes
    k.readline()  # str
    l.read()  # ?
    m.read()  # ?
with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as n, other(p) as o:
    folder  # str
    n.read()  # bytes
    o  # ?
q = open(p)
q = open(p, "rb")
q  # file
q.read()  # ?
path = Path(a) / "b"
path  # Path
path.read_text()  # str
path.open("rb").read()  # bytes
path.parent.name  # str
path.iterdir()  # iterator
os.path.basename(path)  # str
`);
  });

  it("of arrays and frames", () => {
    checkTypes(`
import numpy as np
import pandas as pd

a = np.zeros(3)
b = np.asarray(x)
a * 2 + b  # ndarray
a @ b  # ?
a * x  # ?
-a  # ndarray
a > 0  # ndarray
a[1:]  # ndarray
a[:, 0]  # ndarray
a[0]  # ?
a[x]  # ?
a.reshape(3, 1).T  # ndarray
a.sum()  # ?
a.shape  # tuple
a.tolist()  # list
df = pd.read_csv(p)
df  # DataFrame
pd.read_csv(p, chunksize=100)  # ?
df.dropna().head()  # DataFrame
df.dropna(inplace=True)  # ?
df["a"]  # Series
df[["a", "b"]]  # DataFrame
df[df.a > 3]  # DataFrame
df[x]  # ?
df["a"] * 2  # Series
df.groupby("a")  # ?
df.to_numpy()  # ndarray
df.iterrows()  # iterator
`);
  });
});
