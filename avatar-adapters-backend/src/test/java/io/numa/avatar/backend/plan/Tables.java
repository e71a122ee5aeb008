package io.numa.avatar.backend.plan;

import java.util.List;
import java.util.stream.Stream;

/** The paths of all keys that the language's tables have, such as {@code steps.edit.find}. */
final class Tables {
  private Tables() {}

  static Stream<String> paths() {
    return Stream.of(
            below("", PlanLanguage.KEYS),
            below("commit.", PlanLanguage.COMMIT_KEYS),
            below("test.", PlanLanguage.TEST_KEYS),
            below("steps.", List.of(StepReader.NAME)),
            Verbs.ALL.stream().map(verb -> "steps." + verb.name()),
            Verbs.ALL.stream().flatMap(verb -> below("steps." + verb.name() + ".", verb.keys())))
        .flatMap(paths -> paths);
  }

  private static Stream<String> below(String path, List<Key<?>> keys) {
    return keys.stream().map(key -> path + key.name());
  }
}
