package io.numa.avatar.testkit.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The target and options of a push for review: the options after {@code %} in the ref, and the push
 * options.
 */
record ReviewPush(String target, Map<String, List<String>> options) {
  static final String PREFIX = "refs/for/";

  private static final Set<String> KNOWN =
      Set.of("base", "wip", "ready", "topic", "hashtag", "t", "r", "reviewer");

  static ReviewPush of(String ref, @Nullable List<String> pushOptions) {
    String[] parts = ref.substring(PREFIX.length()).split("%", 2);
    List<String> all = new ArrayList<>(pushOptions == null ? List.of() : pushOptions);
    if (parts.length > 1) {
      all.addAll(List.of(parts[1].split(",", -1)));
    }
    Map<String, List<String>> options = new HashMap<>();
    for (String option : all) {
      String[] pair = option.split("=", 2);
      options
          .computeIfAbsent(pair[0], key -> new ArrayList<>())
          .add(pair.length > 1 ? pair[1] : "");
    }
    return new ReviewPush(parts[0], options);
  }

  Optional<String> unknown() {
    return options.keySet().stream().filter(option -> !KNOWN.contains(option)).findFirst();
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  List<String> values(String option, String alias) {
    List<String> all = new ArrayList<>(options.getOrDefault(option, List.of()));
    all.addAll(options.getOrDefault(alias, List.of()));
    return all;
  }

  List<ObjectId> bases() {
    return options.getOrDefault("base", List.of()).stream().map(ObjectId::fromString).toList();
  }
}
