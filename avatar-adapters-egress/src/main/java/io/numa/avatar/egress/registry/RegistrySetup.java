package io.numa.avatar.egress.registry;

import java.util.List;
import java.util.stream.Stream;

/**
 * The registries of this machine, in a stable order.
 *
 * @param notes what could not be used and why, one sentence each, each once, without secrets
 */
public record RegistrySetup(List<Registry> registries, GoSetup go, List<String> notes) {
  public RegistrySetup {
    registries = List.copyOf(registries);
    notes = notes.stream().distinct().toList();
  }

  /** The registries of one kind, in order. */
  public Stream<Registry> of(RegistryKind kind) {
    return registries.stream().filter(registry -> registry.kind() == kind);
  }
}
