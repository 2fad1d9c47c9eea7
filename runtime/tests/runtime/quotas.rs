//! In: more calls than an action's limit allows. Out: when each is sent, and which are refused.
