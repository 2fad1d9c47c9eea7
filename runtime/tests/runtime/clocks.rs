//! In: servers that call a signature expired. Out: the time corrected once, and remembered only if that helps.
