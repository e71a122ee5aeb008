package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.agent.preset.Presets;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentModuleTest {
  @TempDir Path folder;
  private final Redactor redactor = Redactor.of(List.of());

  @Test
  void handsOnWhatTheOperatorSetUpTheDefaultOneFirst() throws IOException {
    AgentsSettings settings =
        settings(
            """
            agents:
              default: qwen
              available:
                - {name: house, protocol: command, command: [house, "{prompt}"]}
                - name: qwen
                  preset: qwen
                  model: big
                  models: [big, small]
                  api: {base_url: "https://llm.example.com/v1", key: k3y}
                  environment: {REGION: north}
                  secrets: {TOKEN: t0ken}
                  permissions: {deny: [fetch]}
                  trust_repository: true
                  concurrency: 3
                  limits: {time: 1m, silence: 2m, tool: 3m, startup: 4s, turns: 5, tokens: 6, cost: 7.5}
              prices: {big: {input: 1, output: 5}, small: {input: 2, cached: 0.5, cache_write: 3, output: 4}}
              record: true
            """);

    AgentDefinition qwen = settings.available().get(0);
    AgentDefinition house = settings.available().get(1);

    assertThat(qwen.name()).isEqualTo("qwen");
    assertThat(qwen.preset()).contains("qwen");
    assertThat(qwen.protocol()).isEmpty();
    assertThat(qwen.model()).contains("big");
    assertThat(qwen.models()).containsExactly("big", "small");
    assertThat(qwen.api().orElseThrow().baseUrl())
        .isEqualTo(URI.create("https://llm.example.com/v1"));
    assertThat(qwen.environment()).isEqualTo(Map.of("REGION", "north"));
    assertThat(qwen.secrets()).isEqualTo(Map.of("TOKEN", new Secret("t0ken")));
    assertThat(qwen.denied()).containsExactly("fetch");
    assertThat(qwen.trustRepository()).isTrue();
    assertThat(qwen.concurrency()).isEqualTo(3);
    assertThat(qwen.limits())
        .isEqualTo(
            new AgentLimits(
                Duration.ofSeconds(4),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                OptionalLong.of(5),
                OptionalLong.of(6),
                Optional.of(new BigDecimal("7.5"))));
    assertThat(house.protocol()).contains(Protocol.COMMAND);
    assertThat(house.command()).containsExactly("house", "{prompt}");
    assertThat(house.limits()).isEqualTo(AgentLimits.DEFAULTS);
    assertThat(settings.record()).isTrue();
    assertThat(settings.prices())
        .isEqualTo(
            Map.of(
                "big", price("1", "1", "1", "5"),
                "small", price("2", "0.5", "3", "4")));
  }

  @Test
  void readsTheKeyForEachSessionAndKeepsItOutOfLogs() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "first-k3y");
    AgentsSettings settings =
        settings(
            """
            agents:
              available:
                - {name: a, preset: qwen, api: {base_url: "https://h/v1", key_file: %s}}
            """
                .formatted(key));
    var source = settings.available().get(0).api().orElseThrow().key();

    assertThat(source.get()).isEqualTo(new Secret("first-k3y"));
    Files.writeString(key, "second-k3y");
    assertThat(source.get()).isEqualTo(new Secret("second-k3y"));
    assertThat(redactor.redact("second-k3y")).doesNotContain("second");
  }

  @Test
  void takesAKeyThatIsMissingForALoginThatFailed() throws IOException {
    AgentsSettings settings =
        settings(
            """
            agents:
              available:
                - {name: a, preset: qwen, api: {base_url: "https://h/v1", key_command: [/no/program]}}
            """);

    assertThatThrownBy(() -> settings.available().get(0).api().orElseThrow().key().get())
        .isInstanceOfSatisfying(
            PortException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.AGENT_LOGIN))
        .hasMessageContaining("the command '/no/program' cannot be run");
  }

  @Test
  void theConfigurationKnowsAllPresets() {
    assertThat(AgentEntry.PRESETS.split("\\|"))
        .containsExactlyInAnyOrderElementsOf(Presets.names());
    assertThat(AgentEntry.PRESET_WORDS.replace(", ", "|")).isEqualTo(AgentEntry.PRESETS);
  }

  private AgentsSettings settings(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    return AgentModule.settings(
        ConfigLoader.load(file, Map.of(), Map.of(), Purpose.SHOW).configuration().agents(),
        redactor);
  }

  private static ModelPrice price(String input, String cached, String cacheWrite, String output) {
    return new ModelPrice(
        new BigDecimal(input),
        new BigDecimal(cached),
        new BigDecimal(cacheWrite),
        new BigDecimal(output));
  }
}
