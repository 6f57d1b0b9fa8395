"""sympy: integrals, series and a Groebner basis; what stays are its caches and code."""

from sympy import cos, exp, groebner, integrate, series, simplify, sin, solve, symbols

x, y, z = symbols("x y z")
for power in range(1, 6):
    integrate(x**power * exp(-x) * sin(x), x)
    series(exp(sin(x)) * cos(x) ** power, x, 0, 8)
    simplify(((x + y) ** power - (x - y) ** power).expand())
groebner([x**2 + y + z - 1, x + y**2 + z - 1, x + y + z**2 - 1], x, y, z)
solve([x**2 + y**2 - 4, x * y - 1], [x, y])
