package io.numa.avatar.cli.config.value;

import java.nio.file.Path;

/**
 * A file with the text around a task's words.
 *
 * @param text has the place {@code {task}}
 */
public record PromptFile(Path path, String text) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String TASK = "{task}";

  /**
   * Reads the file.
   *
   * @throws UnacceptableException if it cannot be read, or has no place for the task
   */
  static PromptFile read(Path path) {
    String text;
    try {
      text = TextFile.read(path, MAX_BYTES);
    } catch (UnacceptableException e) {
      throw new UnacceptableException("names the file " + path + ", which " + e.reason());
    }
    if (!text.contains(TASK)) {
      throw new UnacceptableException(
          "names the file " + path + ", which has no " + TASK + ", the place of the task's words");
    }
    return new PromptFile(path, text);
  }
}
