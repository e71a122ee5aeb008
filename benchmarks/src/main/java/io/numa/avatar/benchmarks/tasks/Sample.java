package io.numa.avatar.benchmarks.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measurements of one task.
 *
 * @param nanos the time from the task's beginning to its acknowledged push
 * @param stages the time of each stage, in their order; the sum is {@code nanos}
 * @param written the written files; zero if they were not counted
 */
record Sample(long nanos, Map<String, Long> stages, Written written) {
  Sample {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  static Sample of(Map<String, Long> stages, Written written) {
    return new Sample(stages.values().stream().mapToLong(Long::longValue).sum(), stages, written);
  }

  long stage(String name) {
    return stages.getOrDefault(name, 0L);
  }

  /** The sample as words without tabs. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(String.valueOf(written.files()));
    words.add(String.valueOf(written.bytes()));
    stages.forEach((stage, nanos) -> words.add(stage + "=" + nanos));
    return words;
  }

  static Sample ofWords(List<String> words) {
    Map<String, Long> stages = new LinkedHashMap<>();
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      stages.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
    }
    return of(stages, new Written(Long.parseLong(words.get(0)), Long.parseLong(words.get(1))));
  }
}
