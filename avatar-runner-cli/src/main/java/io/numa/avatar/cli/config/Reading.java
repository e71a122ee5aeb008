package io.numa.avatar.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What reading a value needs of its surroundings, and where it tells what is wrong.
 *
 * @param base the folder of the configuration file; the working directory where there is none
 * @param workingDirectory an absolute path
 */
record Reading(
    Problems problems, Map<String, String> environment, Path base, Path workingDirectory) {

  /**
   * Makes a path absolute: {@code ~/} is the home folder; a relative path starts where it was
   * written, at the configuration file's folder or, on the command line and in the environment, at
   * the working directory.
   */
  Path resolve(String text, Origin origin) {
    if (text.startsWith("~") && !text.equals("~") && !text.startsWith("~/")) {
      throw new UnacceptableException("begins with '~', which is understood in '~/' only");
    }
    try {
      if (text.startsWith("~")) {
        return home().resolve(text.equals("~") ? "" : text.substring(2)).normalize();
      }
      return folder(origin).resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new UnacceptableException("is no path: " + e.getReason());
    }
  }

  private Path home() {
    String home = environment.getOrDefault("HOME", "");
    return workingDirectory.resolve(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  private Path folder(Origin origin) {
    boolean typed = origin instanceof Origin.Flag || origin instanceof Origin.Environment;
    return typed ? workingDirectory : base;
  }
}
