package io.numa.avatar.archfixtures.avatar.run;

/** Breaks: shortening has one home. */
final class CutsAText {
  private CutsAText() {}

  static String beginning(String text) {
    return text.substring(0, 3) + "…";
  }
}
