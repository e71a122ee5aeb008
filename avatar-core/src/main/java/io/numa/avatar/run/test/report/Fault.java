package io.numa.avatar.run.test.report;

/**
 * What is wrong with a report.
 *
 * @param line from 1 on; 0 if the fault has no line
 * @param why a few words of any characters
 */
record Fault(int line, String why) {
  /** Such as {@code target/TEST-a.xml line 3: the end of the file is missing}. */
  String in(String file) {
    return file + (line > 0 ? " line " + line : "") + ": " + why;
  }
}
