package io.numa.avatar.git.internal.attributes;

import java.util.Set;

/** The files and folders in which coding agents keep their state, anywhere in a tree. */
public final class AgentStateFiles {
  private static final Set<String> NAMES =
      Set.of(".claude", ".cline", ".codex", ".gemini", ".kimi", ".kimi-code", ".opencode", ".qwen");

  private AgentStateFiles() {}

  public static boolean is(String name) {
    return NAMES.contains(name) || name.startsWith(".aider");
  }
}
