package io.numa.avatar.cli.demo;

import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.read;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static io.numa.avatar.testkit.model.ModelAction.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A coding agent for the demo, and a scripted model on loopback that it asks: the agent mends the
 * project wrongly at first, and gets the failing test back.
 */
public final class DemoAgent implements AutoCloseable {
  /** The agent's name where no real program is installed. */
  private static final String BUILT_IN = "built-in";

  private static final String BUG = "  total=$((total + cents))";
  private static final String WRONG = "  total=$((total + cents + count))";
  private static final String RIGHT = "  total=$((total + cents * count))";

  private static final String FIRST = "I run the project's test, to see what is wrong.";
  private static final String CLAIM = "The total counts the pieces now. I am done.";
  private static final String AGAIN = "The test still fails: each piece costs its price.";
  private static final String DONE = "Every piece counts now, and the test passes.";

  private final ModelServer model;
  private final String key;
  private final Optional<Path> qwen;
  private final Path script;

  private DemoAgent(ModelServer model, String key, Optional<Path> qwen, Path script) {
    this.model = model;
    this.key = key;
    this.qwen = qwen;
    this.script = script;
  }

  /**
   * Starts the model.
   *
   * @param qwen the program Qwen Code, if it is installed; otherwise a small agent of the avatar's
   *     own works
   * @param folder for the files of that agent
   */
  public static DemoAgent start(Optional<Path> qwen, Path folder) throws IOException {
    String key = UUID.randomUUID().toString();
    ModelServer model = ModelServer.start().withKey(key);
    model.play(qwen.isPresent() ? work() : talk());
    Path script = Files.writeString(folder.resolve("agent-script.txt"), script());
    return new DemoAgent(model, key, qwen, script);
  }

  /** The name of the agent. */
  public String name() {
    return qwen.isPresent() ? "qwen" : BUILT_IN;
  }

  /** The section {@code sandbox} of the avatar's configuration: it shows the agent's program. */
  ObjectNode sandbox() {
    ObjectNode sandbox = JsonNodeFactory.instance.objectNode();
    if (qwen.isEmpty()) {
      ArrayNode tools = sandbox.putArray("tools").add(script.toString());
      TestAgent.places().forEach(place -> tools.add(place.toString()));
    }
    return sandbox;
  }

  /** The section {@code agents} of the avatar's configuration, as JSON. */
  ObjectNode configuration() {
    ObjectNode agents = JsonNodeFactory.instance.objectNode();
    ObjectNode agent = agents.putArray("available").addObject();
    agent.put("name", name()).put("preset", "qwen").put("model", ModelServer.MODEL);
    if (qwen.isEmpty()) {
      ArrayNode command = agent.putArray("command");
      TestAgent.command(script).forEach(command::add);
    }
    agent.putObject("api").put("base_url", model.url() + "/v1").put("key", key);
    agents
        .putObject("prices")
        .putObject(ModelServer.MODEL)
        .put("input", 1.0)
        .put("cached", 0.1)
        .put("output", 5.0);
    return agents;
  }

  /** What the model has a real agent do. */
  private static ModelScript work() {
    return ModelScript.first(
            say(FIRST),
            shell("sh test.sh"),
            read("total.sh"),
            edit("total.sh", BUG, WRONG),
            say(CLAIM))
        .then(say(AGAIN), edit("total.sh", WRONG, RIGHT), shell("sh test.sh"), say(DONE));
  }

  /** What the model tells the built-in agent, which has a script of its own. */
  private static ModelScript talk() {
    return ModelScript.first(say(CLAIM)).then(say(DONE)).alsoWithoutTools();
  }

  private static String script() throws IOException {
    String total = DemoWorld.resource("project/total.sh");
    return String.join(
        "\n",
        List.of(
            "say " + FIRST,
            "shell sh test.sh",
            "read total.sh",
            "write total.sh " + line(total.replace(BUG, WRONG)),
            "model Is the basket's total right now?",
            "---",
            "say " + AGAIN,
            "write total.sh " + line(total.replace(BUG, RIGHT)),
            "shell sh test.sh",
            "model Is the basket's total right at last?"));
  }

  private static String line(String text) {
    return text.stripTrailing().replace("\n", "\\n");
  }

  @Override
  public void close() {
    model.close();
  }
}
