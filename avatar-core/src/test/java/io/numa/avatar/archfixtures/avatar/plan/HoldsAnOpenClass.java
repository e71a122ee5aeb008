package io.numa.avatar.archfixtures.avatar.plan;

/** Breaks: values are closed, by the class within it. */
record HoldsAnOpenClass(Open held) {
  static class Open {}
}
