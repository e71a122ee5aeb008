package io.numa.avatar.run.test.report;

/**
 * What is wrong with a report.
 *
 * @param line from 1 on; 0 if the fault has no line
 * @param why a few words of any characters
 */
record Fault(int line, String why) {
  private static final int MAX_CHARS = 200;

  /** Such as {@code target/TEST-a.xml line 3: the end of the file is missing}, on one line. */
  String in(String file) {
    String text = file + (line > 0 ? " line " + line : "") + ": " + why;
    String tame = text.replaceAll("\\p{Cntrl}+", " ");
    return tame.length() <= MAX_CHARS ? tame : tame.substring(0, MAX_CHARS) + "…";
  }
}
