package io.numa.avatar.egress.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which package client speaks to a registry. */
public enum RegistryKind {
  MAVEN,
  GRADLE,
  NPM,
  PYPI,
  GO,
  CARGO;

  /** The word for it in the configuration, such as {@code maven}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this word; empty if there is none. */
  public static Optional<RegistryKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
