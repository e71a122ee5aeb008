package io.numa.avatar.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandReceiverTest {
  private static final Notice NOTICE =
      new Notice(
          "outcome 1",
          Set.of(NoticeEvent.FAILED),
          Instant.parse("2025-08-03T12:00:00Z"),
          "Avatar",
          Optional.of("7"),
          "Log in",
          "failed at test",
          "two\nlines",
          List.of(new Notice.Link("change request", "https://git.example.com/7")));

  private final Program program = new Program();
  private final CommandReceiver receiver =
      new CommandReceiver(
          List.of("/usr/bin/notify", "$HOME; rm"),
          Set.of(NoticeEvent.FAILED),
          program,
          Duration.ofSeconds(3));

  @Test
  void givesTheProgramALineOfJsonAndNothingElse() throws Exception {
    receiver.deliver(NOTICE);

    ProcessRequest request = program.requests.get(0);
    assertThat(request.line())
        .isEqualTo(new CommandLine.Argv(List.of("/usr/bin/notify", "$HOME; rm")));
    assertThat(request.environment()).isEmpty();
    String input = program.input.toString(UTF_8);
    assertThat(input.lines()).hasSize(1);
    JsonNode document = Json.parse(input).orElseThrow();
    assertThat(document.path("task").asText()).isEqualTo("7");
    assertThat(document.at("/events/0").asText()).isEqualTo("failed");
    assertThat(document.path("reason").asText()).isEqualTo("two\nlines");
    assertThat(document.at("/links/0/url").asText()).isEqualTo("https://git.example.com/7");
    assertThat(program.ended).isTrue();
    assertThat(program.closed).isTrue();
  }

  @Test
  void failsWithTheProgram() {
    program.exitCode = 3;

    assertThatThrownBy(() -> receiver.deliver(NOTICE))
        .hasMessage(
            "could not send a notice to the command '/usr/bin/notify': it ended with exit code 3");
  }

  @Test
  void endsAProgramThatDoesNot() {
    program.hangs = true;

    assertThatThrownBy(() -> receiver.deliver(NOTICE))
        .hasMessageContaining("it did not end within 3");
    assertThat(program.ended).isTrue();
  }

  @Test
  void takesTheExitCodeOfAProgramThatReadsNothing() throws Exception {
    program.deaf = true;

    receiver.deliver(NOTICE);

    assertThat(program.ended).isTrue();
  }

  /** A program that a test scripts. */
  private static final class Program implements Processes, RunningProcess {
    private final List<ProcessRequest> requests = new ArrayList<>();
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private int exitCode;
    private boolean hangs;
    private boolean deaf;
    private boolean ended;
    private boolean closed;

    @Override
    public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
      requests.add(request);
      return this;
    }

    @Override
    public boolean canHide() {
      return false;
    }

    @Override
    public OutputStream input() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          if (deaf) {
            throw new IOException("Broken pipe");
          }
          input.write(one);
        }

        @Override
        public void close() {
          closed = true;
        }
      };
    }

    @Override
    public boolean awaitExit(Duration limit) {
      return !hangs;
    }

    @Override
    public int exitCode() {
      return exitCode;
    }

    @Override
    public Duration processorTime() {
      return Duration.ZERO;
    }

    @Override
    public Suspension suspend() {
      return () -> {};
    }

    @Override
    public void end(Duration grace) {
      ended = true;
    }
  }
}
