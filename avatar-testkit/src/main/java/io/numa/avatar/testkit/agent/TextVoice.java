package io.numa.avatar.testkit.agent;

import java.io.PrintStream;
import java.util.List;

/** Tells everything as plain text. */
record TextVoice(PrintStream output) implements TestAgentVoice {
  @Override
  public void say(String text) {
    line(text);
  }

  @Override
  public void think(String text) {}

  @Override
  public void plan(List<String> entries) {}

  @Override
  public void tool(Tool tool) {
    line("> " + tool.title());
  }

  @Override
  public void toolEnded(String id, boolean failed, String result) {
    line(result);
  }

  @Override
  public boolean ask(Tool tool) {
    return true;
  }

  @Override
  public void ended(String stopReason) {}
}
