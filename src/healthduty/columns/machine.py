"""Functions of Python made into machine code by numba, where it is installed.

What is compiled is plain Python over memory by its address: the functions of a file, one of them
the first to be called. The machine code is kept on disk, made once for a machine and not once for
an agreement; where no folder can be written to, it is made for the process.

Source: the architecture's “One plan, two engines”: `nogil`, own threads, cached.

>>> rates = np.array([83, 90, 97])
>>> int64s(address(rates), 2).tolist()
[83, 90]
"""

from __future__ import annotations

import ctypes
import functools
import types
from collections.abc import Callable, Sequence
from typing import Any

from healthduty.columns.extras import Array, np

try:
    from pyarrow import py_buffer
except ImportError:  # pragma: no cover - the tests need pyarrow to be there
    py_buffer = None

_OLDEST = (0, 60)
"""The oldest numba that the kernel is tested with."""


# --- memory by its address -----------------------------------------------------------------------


def int8s(where: int, count: int) -> Any:  # noqa: ANN401 - an array
    """Return the array of bytes at an address; a truth is a byte."""
    return _seen(where, count, np.int8)


def int32s(where: int, count: int) -> Any:  # noqa: ANN401 - an array
    """Return the array of 32-bit integers at an address."""
    return _seen(where, count, np.int32)


def int64s(where: int, count: int) -> Any:  # noqa: ANN401 - an array
    """Return the array of 64-bit integers at an address."""
    return _seen(where, count, np.int64)


def _seen(where: int, count: int, dtype: Any) -> Any:  # noqa: ANN401 - a dtype to an array
    memory: Any = (ctypes.c_int8 * (count * np.dtype(dtype).itemsize)).from_address(int(where))
    return np.frombuffer(memory, dtype=dtype)


def address(array: Array) -> int:
    """Return where an array in one piece stands.

    By PyArrow, which says it in a quarter of the time: a small table is asked a hundred times.
    """
    if py_buffer is None:
        return int(array.__array_interface__["data"][0])
    where: int = py_buffer(array).address
    return where


# --- machine code --------------------------------------------------------------------------------


def machine_code(
    first: Callable[..., Any],
    parts: Sequence[Callable[..., Any]],
    signature: Callable[[Any], Any],
) -> Callable[..., Any] | None:
    """Return a function as machine code, with the parts that it calls, each after those it calls.

    `signature` makes of numba what the function takes and gives. All of them stand in one file, for
    numba looks at this file alone to see whether what it keeps on disk is still true. None without
    a numba that can do it.
    """
    try:
        import numba  # an optional extra
    except ImportError:
        return None
    try:
        if tuple(map(int, numba.__version__.split(".")[:2])) < _OLDEST:
            return None
        return _made(numba, first, parts, signature(numba), cache=True)
    except (OSError, RuntimeError):  # no folder to keep it in, or a full one
        return _made(numba, first, parts, signature(numba), cache=False)


def _made(
    numba: Any,  # noqa: ANN401 - a module
    first: Callable[..., Any],
    parts: Sequence[Callable[..., Any]],
    signature: Any,  # noqa: ANN401 - a type of it
    *,
    cache: bool,
) -> Callable[..., Any]:
    """Compile: the parts see each other in a namespace of their own."""
    jit = functools.partial(numba.njit, nogil=True, error_model="numpy")
    namespace = {**first.__globals__, **_memory(numba, jit)}
    for part in parts:
        namespace[part.__name__] = jit(_within(part, namespace))
    made: Callable[..., Any] = jit(signature, cache=cache)(_within(first, namespace))
    return made


def _within(part: Callable[..., Any], namespace: dict[str, Any]) -> Callable[..., Any]:
    """Return a function that finds the others in a namespace."""
    code: types.CodeType = part.__code__
    made = types.FunctionType(code, namespace, part.__name__)
    made.__qualname__ = part.__qualname__
    return made


def _memory(numba: Any, jit: Any) -> dict[str, Any]:  # noqa: ANN401 - a module, a decorator
    """Return the functions that see an address as an array, as machine code has them."""
    carray, void = numba.carray, numba.types.voidptr

    @numba.extending.intrinsic  # type: ignore[untyped-decorator]
    def pointer(_context: Any, where: Any) -> Any:  # noqa: ANN401 - of the compiler
        def build(_target: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
            kind = _target.get_value_type(signature.return_type)
            return builder.inttoptr(arguments[0], kind)

        return void(where), build

    def seen_as(dtype: Any) -> Any:  # noqa: ANN401 - a dtype to a function
        return jit(lambda where, count: carray(pointer(where), (count,), dtype))

    return {"int8s": seen_as(np.int8), "int32s": seen_as(np.int32), "int64s": seen_as(np.int64)}
