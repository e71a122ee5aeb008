package io.numa.avatar.egress.registry.discovery;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.util.Optional;

/** A registry as settings name it. */
record Found(RegistryKind kind, String name, Setting url, Optional<String> covers) {
  /** A registry that a client uses without being told. */
  static Found byDefault(RegistryKind kind, String name, String url, Optional<String> covers) {
    return new Found(kind, name, new Setting(url, Registry.DEFAULT), covers);
  }
}
