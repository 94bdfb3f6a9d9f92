"""How kernels are compiled: without the GIL, kept on disk, the same bits for the same samples.

No sum is put in another order and no multiplication fused into an addition, so that no result depends on what
the compiler made of the surroundings, or on whether the kernel came from the cache.

Conventions
-----------
`part` marks a function that is only called by other compiled ones; `kernel` compiles one for Python, at once
and for one signature, so that nothing compiles while somebody plays. Kernels are kept in Numba's cache where
that can be written. Numba looks for changes in the one file that a kernel stands in, so the name in the cache
carries a digest of every module that ends up in it.
"""

import hashlib
import inspect
import logging
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar, cast

from numba import njit, typeof
from numba.core.errors import NumbaError

_log = logging.getLogger(__name__)

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def part(function: Function) -> Function:
    """A function for other kernels; compiled with them."""
    return cast(Function, njit(**_OPTIONS)(function))


def inlined(function: Function) -> Function:
    """Like `part`, for what is called in one place: copied there, which halves the time to compile."""
    return cast(Function, njit(inline="always", **_OPTIONS)(function))


def digest(*modules: ModuleType) -> str:
    """A short name for the present source of `modules`."""
    source = "".join(inspect.getsource(module) for module in modules)
    return hashlib.blake2b(source.encode(), digest_size=8).hexdigest()


def kernel(function: Function, stamp: str, *examples: Any) -> Any:
    """`function`, compiled for arguments of the types of `examples`; from the cache if that was done before.

    What is given back takes its arguments as they are: arrays must be contiguous and of the right type. To
    look that up at each call costs as much as a third of the shorter kernels.

    Parameters
    ----------
    function : a plain function that calls parts
    stamp : digest of all sources that it is made of

    Raises
    ------
    ImportError : it can't be compiled here
    """
    signature = tuple(typeof(example) for example in examples)
    function.__qualname__ = f"{function.__name__}_{stamp}"
    try:
        try:
            compiled = njit(signature, cache=True, **_OPTIONS)(function)
        except (RuntimeError, OSError) as error:
            _log.info("Kernels are compiled anew each time, because they can't be kept: %s", error)
            compiled = njit(signature, **_OPTIONS)(function)
        result: Any = compiled.overloads[signature]
        return result.entry_point
    except NumbaError as error:
        raise ImportError(f"the kernel {function.__name__} does not compile ({error})") from error
