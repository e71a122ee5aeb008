package io.numa.avatar.cli.agents;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** The coding agents that the tests drive. Their names are the names of their presets. */
enum RealAgent {
  QWEN("0.15.10", "/v1"),
  GEMINI("0.61.0", ""),
  OPENCODE("1.18.33", "/v1"),
  CLAUDE("0.49.0", ""),
  CODEX("0.16.0", "/v1");

  private final String version;
  private final String basePath;

  RealAgent(String version, String basePath) {
    this.version = version;
    this.basePath = basePath;
  }

  String preset() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The version that the lock file pins. */
  String version() {
    return version;
  }

  /** What its provider documents as the address of the API for such a client. */
  URI baseUrl(URI model) {
    return URI.create(model + basePath);
  }

  /** The folder of its programs. Skips the test if it cannot be installed. */
  Path install() {
    return AgentPrograms.install(preset());
  }
}
