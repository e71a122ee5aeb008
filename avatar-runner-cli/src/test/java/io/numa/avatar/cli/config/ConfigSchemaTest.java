package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema = SCHEMAS.getSchema(ConfigSchema.json(), InputFormat.JSON);

  @Test
  void isASchema() {
    Schema metaSchema =
        SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(ConfigSchema.json(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void hasEveryKeyAndNoOther() throws Exception {
    var paths = new ArrayList<String>();
    collect("", new JsonMapper().readTree(ConfigSchema.json()), paths);

    assertThat(paths).containsExactlyInAnyOrderElementsOf(ConfigKeys.byPath().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Workbench.MINIMAL,
        "sandbox: {profile: egress, registries: auto}",
        "sandbox: {profile: {run: offline}, registries: [{kind: auto}]}",
        ConfigLoaderTest.EVERY_KEY,
        "avatar: {concurrency: \"${N}\", id: \"${ID:-a}\"}",
        "polling: {interval: \"${SECONDS:-5}\", wait: 0.5}",
        "execution:\ngit: {credentials: }\n",
        "{}"
      })
  void allowsWhatTheLoaderAllows(String yaml) {
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poling: {}",
        "sandbox: {image: x}",
        "sandbox: {profile: docker}",
        "sandbox: {profile: {run: docker}}",
        "sandbox: {registries: nexus}",
        "sandbox: {allow: [db.example.com]}",
        "backend: {url: localhost}",
        "avatar: {id: 7}",
        "avatar: {concurrency: 0}",
        "avatar: {concurrency: \"2\"}",
        "polling: {interval: soon}",
        "polling: {interval: 0}",
        "backend: {allow_insecure_http: 1}",
        "git: {credentials: [{token: x}]}",
        "git: {credentials: [{host: a.b, tokne: x}]}",
        "execution: {environment: [\"A=b\"]}",
        "status: {words: {todo: \"\"}}",
        "agents: {available: [{preset: qwen}]}",
        "agents: {available: [{name: a, preset: qwne}]}",
        "agents: {available: [{name: a, limits: {cost: much}}]}",
        "agents: {prices: {m: {input: 1}}}"
      })
  void refusesWhatTheLoaderRefuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  private List<Error> errors(String yaml) {
    return schema.validate(yaml, InputFormat.YAML);
  }

  private static void collect(String path, JsonNode node, List<String> paths) {
    if (!node.path("properties").isObject()) {
      paths.add(path);
      return;
    }
    for (Map.Entry<String, JsonNode> property : node.get("properties").properties()) {
      collect(
          path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
          property.getValue(),
          paths);
    }
  }
}
