package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param origin the value's source; {@link Origin.Default} if no source gives the key
 * @param key the dotted path of the key, empty for a file as a whole
 * @param message the value found and the values allowed; never a secret
 */
public record ConfigProblem(Origin origin, String key, String message) {
  /** The file; empty if the value did not come from a file. */
  public Optional<Path> file() {
    return origin instanceof Origin.InFile place ? Optional.of(place.file()) : Optional.empty();
  }

  /** The line of {@link #file()}, from 1; 0 for the file as a whole, and if there is no file. */
  public int line() {
    return origin instanceof Origin.InFile place ? place.line() : 0;
  }

  @Override
  public String toString() {
    String place = origin instanceof Origin.Default ? "" : origin + ": ";
    return place + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
