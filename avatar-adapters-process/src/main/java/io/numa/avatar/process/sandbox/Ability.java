package io.numa.avatar.process.sandbox;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What this machine was seen to do.
 *
 * @param means empty where there is none
 * @param held what it holds here
 */
record Ability(Optional<Means> means, Set<Guarantee> held) {
  static final Ability NONE = new Ability(Optional.empty(), Set.of());

  Ability {
    held = Set.copyOf(held);
  }

  static Ability of(Means means) {
    return new Ability(Optional.of(means), means.holds());
  }

  Ability without(Guarantee... missing) {
    var left = EnumSet.noneOf(Guarantee.class);
    left.addAll(held);
    for (var guarantee : missing) {
      left.remove(guarantee);
    }
    return new Ability(means, left);
  }

  /**
   * The same, where all processes of a sandbox are in one control group. Those that can write
   * elsewhere can leave it, so that it guarantees nothing.
   */
  Ability grouped() {
    if (!holds(Guarantee.FILES) || means.filter(Means::hasHelper).isEmpty()) {
      return this;
    }
    var more = EnumSet.of(Guarantee.MEMORY, Guarantee.PROCESS_COUNT);
    more.addAll(held);
    return new Ability(means, more);
  }

  boolean holds(Guarantee guarantee) {
    return held.contains(guarantee);
  }

  String word() {
    return means.map(Means::word).orElse("none");
  }
}
