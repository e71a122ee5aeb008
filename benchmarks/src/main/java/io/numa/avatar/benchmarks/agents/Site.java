package io.numa.avatar.benchmarks.agents;

import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.model.ModelServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where agents work: a folder, and a model with a key. */
record Site(Path folder, ModelServer model, AtomicInteger trees) {
  static final String KEY = "key-of-the-model";

  static Site in(Path folder, ModelServer model) {
    return new Site(folder, model.withKey(KEY), new AtomicInteger());
  }

  URI baseUrl() {
    return URI.create(model.url() + "/v1");
  }

  /** A new working tree. */
  Path tree() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree-" + trees.incrementAndGet()));
    Files.writeString(tree.resolve("notes.txt"), "Change the answer.\n");
    return tree;
  }

  /** The command of a test agent with a script. */
  List<String> command(String script) throws IOException {
    return TestAgent.command(
        Files.writeString(folder.resolve("script-" + script.hashCode()), script));
  }
}
