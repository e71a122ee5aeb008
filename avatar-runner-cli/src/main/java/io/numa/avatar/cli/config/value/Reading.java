package io.numa.avatar.cli.config.value;

import com.fasterxml.jackson.core.JsonPointer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * What a value's reader needs besides the value.
 *
 * @param base the folder of the configuration file; the working directory if there is no file
 * @param workingDirectory an absolute path
 * @param origins returns the source of the value at a place
 */
public record Reading(
    Map<String, String> environment,
    Path base,
    Path workingDirectory,
    Function<JsonPointer, Origin> origins) {

  /**
   * Makes a path absolute: {@code ~/} is the home folder; a relative path starts where it was
   * written, at the configuration file's folder or, on the command line and in the environment, at
   * the working directory.
   */
  Path resolve(String text, JsonPointer at) {
    if (text.startsWith("~") && !text.equals("~") && !text.startsWith("~/")) {
      throw new UnacceptableException("begins with '~', which is understood in '~/' only");
    }
    try {
      if (text.startsWith("~")) {
        return home().resolve(text.equals("~") ? "" : text.substring(2)).normalize();
      }
      return folder(origins.apply(at)).resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new UnacceptableException("is no path: " + e.getReason());
    }
  }

  /** The operator's HOME; absolute. */
  public Path home() {
    String home = environment.getOrDefault("HOME", "");
    return workingDirectory.resolve(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  private Path folder(Origin origin) {
    boolean typed = origin instanceof Origin.Flag || origin instanceof Origin.Environment;
    return typed ? workingDirectory : base;
  }
}
