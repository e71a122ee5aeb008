package io.numa.avatar.git;

import java.util.Set;

/** The files and folders that coding agents keep their state in, at any place of a tree. */
final class AgentState {
  private static final Set<String> NAMES =
      Set.of(".claude", ".cline", ".codex", ".gemini", ".kimi", ".kimi-code", ".opencode", ".qwen");

  private AgentState() {}

  static boolean is(String name) {
    return NAMES.contains(name) || name.startsWith(".aider");
  }
}
