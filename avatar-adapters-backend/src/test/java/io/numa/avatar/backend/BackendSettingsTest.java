package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskState;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendSettingsTest {
  private static final AvatarId AVATAR = new AvatarId("avatar_001");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:7301",
        "ftp://host",
        "http:///x",
        "/api",
        "http://me:hunter2@host",
        "http://host?x=1",
        "http://host#x"
      })
  void refusesWhatIsNoPlaceOfABackend(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendSettings.of(URI.create(url), AVATAR))
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host:7301, http://host:7301/api/tasks/1",
    "https://host/, https://host/api/tasks/1",
    "https://host/numa, https://host/numa/api/tasks/1",
    "https://host/numa/, https://host/numa/api/tasks/1"
  })
  void findsTheEndpointsBelowTheUrl(String url, String task) {
    assertThat(new Endpoints(URI.create(url)).task("1")).hasToString(task);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\n", "grüße"})
  void refusesATokenThatNoHeaderCanCarryWithoutRepeatingIt(String token) {
    BackendSettings settings = BackendSettings.of(URI.create("http://host"), AVATAR);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withApiToken(new Secret(token)))
        .withMessageNotContaining(token);
  }

  @Test
  void readsAndWritesTheBackendsOwnWords() {
    var words = new StatusWords("open", "Running", "closed", "closed", "closed");

    assertThat(words.state(" RUNNING ")).isEqualTo(TaskState.IN_PROGRESS);
    assertThat(words.state("closed")).isEqualTo(TaskState.DONE);
    assertThat(words.word(TaskState.FAILED)).isEqualTo("closed");
  }

  @Test
  void refusesWordsThatWouldHideWhetherATaskIsReady() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatusWords("open", "OPEN", "a", "b", "c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatusWords("open", "running", "Open", "b", "c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatusWords("open", " ", "a", "b", "c"));
  }
}
