package io.numa.avatar.benchmarks.tasks;

import java.util.List;

/**
 * One task, the same for the avatar and the scripts: overwrite a file, on a new branch.
 *
 * @param base the branch to start from
 * @param file a file that the repository has
 * @param counted whether to count the written files, which takes time
 */
record Assignment(String url, String base, String file, String branch, boolean counted) {
  /** The file's new content. */
  String text() {
    return "written for " + branch + "\n";
  }

  Assignment counted(boolean whether) {
    return new Assignment(url, base, file, branch, whether);
  }

  /** The task as words without tabs. */
  List<String> words() {
    return List.of(url, base, file, branch, String.valueOf(counted));
  }

  static Assignment ofWords(List<String> words) {
    return new Assignment(
        words.get(0), words.get(1), words.get(2), words.get(3), Boolean.parseBoolean(words.get(4)));
  }
}
