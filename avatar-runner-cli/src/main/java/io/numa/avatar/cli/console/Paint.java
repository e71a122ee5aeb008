package io.numa.avatar.cli.console;

import picocli.CommandLine.Help.Ansi;

/** Colours for short texts of the program itself, on terminals that show colours. */
public record Paint(Ansi ansi) {
  public String bold(String text) {
    return in(1, text);
  }

  public String dim(String text) {
    return in(2, text);
  }

  public String red(String text) {
    return in(31, text);
  }

  public String green(String text) {
    return in(32, text);
  }

  public String yellow(String text) {
    return in(33, text);
  }

  private String in(int code, String text) {
    return ansi.enabled() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
