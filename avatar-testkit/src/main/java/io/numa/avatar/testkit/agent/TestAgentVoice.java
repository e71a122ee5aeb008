package io.numa.avatar.testkit.agent;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the test agent tells what it does. */
interface TestAgentVoice {
  void say(String text);

  void think(String text);

  void plan(List<String> entries);

  /** A tool call begins. */
  void tool(Tool tool);

  /** A tool call ends. */
  void toolEnded(String id, boolean failed, String result);

  /** Asks for permission, and waits for the answer. */
  boolean ask(Tool tool) throws InterruptedException;

  /** The turn has ended. */
  void ended(String stopReason);

  PrintStream output();

  /** A tool call. */
  record Tool(String id, String kind, String title, String path) {}

  default void line(String text) {
    synchronized (output()) {
      bytes((text + "\n").getBytes(StandardCharsets.UTF_8));
      output().flush();
    }
  }

  default void bytes(byte[] bytes) {
    output().write(bytes, 0, bytes.length);
  }
}
