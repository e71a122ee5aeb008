package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.agent.gateway.internal.dialect.RefusedException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;

/** Passes one request on to the model's host, and its answer to the agent. Single use. */
final class Forwarding {
  private static final int PIECE = 1 << 14;
  private static final int MAX_ERROR = 1 << 20;

  private final SessionParts session;
  private final AgentExchange agent;
  private final Dialect dialect;
  private final Optional<AnswerCount> count;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int status;

  /**
   * @param count counts the answer, unless it costs nothing
   */
  Forwarding(
      SessionParts session, AgentExchange agent, Dialect dialect, Optional<AnswerCount> count) {
    this.session = session;
    this.agent = agent;
    this.dialect = dialect;
    this.count = count;
  }

  /**
   * Sends the request, and passes the answer on as it comes.
   *
   * @throws HostErrorException if the host answered with an error
   * @throws RefusedException if the agent must get another answer than the host's
   * @throws IOException if the agent or the host broke the answer off
   */
  void pass(Request request) throws HostErrorException, RefusedException, IOException {
    long start = session.time().nanoTime();
    try (ModelHost.Answer answer = send(request)) {
      status = answer.response().code();
      if (status >= 400) {
        throw error(answer.response());
      }
      requireNoRedirection(answer.response());
      passAnswer(answer.response());
    } finally {
      session.recorder().ifPresent(recorder -> record(recorder, request, start));
    }
  }

  private ModelHost.Answer send(Request request) throws RefusedException {
    try {
      return session.host().send(request);
    } catch (IOException e) {
      String message = "could not reach the model's host: " + HostAnswers.reason(e);
      session.events().unavailable(GatewayEvents.NO_ANSWER, named(message));
      throw new Refusal(Refusal.Kind.UNREACHABLE, named(message)).thrown();
    }
  }

  private void requireNoRedirection(Response response) throws RefusedException {
    Optional<String> redirection = HostAnswers.redirection(response);
    if (redirection.isPresent()) {
      session.events().unavailable(status, redirection.get());
      throw new Refusal(
              Refusal.Kind.INVALID, named("could not use the model's host: " + redirection.get()))
          .thrown();
    }
  }

  private HostErrorException error(Response response) throws RefusedException, IOException {
    byte[] body = beginning(HostAnswers.body(response));
    keep(body, body.length);
    String text = agent.keyRedactor().redact(new String(body, UTF_8));
    String excerpt = HostAnswers.excerpt(text, session.redactor());
    if (HostAnswers.refusesLogin(dialect, status, text)) {
      String message = named("the model's host refused the login (" + status + ")");
      session.events().loginRefused(status, excerpt);
      throw new Refusal(Refusal.Kind.INVALID, message).thrown();
    }
    if (HostAnswers.isAway(status)) {
      session.events().unavailable(status, excerpt);
    }
    return new HostErrorException(response, text.getBytes(UTF_8));
  }

  private byte[] beginning(BufferedSource body) throws IOException {
    try {
      body.request(MAX_ERROR);
    } catch (IOException e) {
      throw brokenOff(e);
    }
    return body.getBuffer().readByteArray(Math.min(MAX_ERROR, body.getBuffer().size()));
  }

  private void passAnswer(Response response) throws RefusedException, IOException {
    BufferedSource body = HostAnswers.body(response);
    begin();
    if (status == 204 || status == 304 || agent.method().equals("HEAD")) {
      agent.send(status, response.headers(), new byte[0]);
      return;
    }
    OutputStream out = agent.begin(status, response.headers());
    var clean = new ByteArrayOutputStream(PIECE);
    try (Redactor.Stream redacting = agent.keyRedactor().stream(clean::write)) {
      byte[] piece = new byte[PIECE];
      for (int length = read(body, piece); length >= 0; length = read(body, piece)) {
        take(piece, length);
        redacting.write(piece, 0, length);
        write(clean, out);
      }
    }
    write(clean, out);
    count.ifPresent(AnswerCount::end);
    out.close();
  }

  private void begin() {
    if (count.isPresent()) {
      count.get().begin();
      session.events().used();
    }
  }

  private void take(byte[] piece, int length) {
    if (count.filter(each -> each.accept(piece, length)).isPresent()) {
      session.events().used();
    }
    keep(piece, length);
  }

  private int read(BufferedSource body, byte[] piece) throws IOException {
    try {
      return body.read(piece);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private IOException brokenOff(IOException e) {
    String message = "the model's host broke its answer off: " + HostAnswers.reason(e);
    session.events().unavailable(GatewayEvents.NO_ANSWER, named(message));
    return e;
  }

  private void write(ByteArrayOutputStream clean, OutputStream out) throws IOException {
    try {
      clean.writeTo(out);
      clean.reset();
      out.flush();
    } catch (IOException e) {
      if (count.filter(each -> !each.stated()).isPresent()) {
        session.events().noted("The agent cut an answer before it stated its tokens");
      }
      throw e;
    }
  }

  private String named(String message) {
    return message.replace("the model's host", "the model's host " + session.host().name());
  }

  private void keep(byte[] bytes, int length) {
    if (session.recorder().isPresent()) {
      kept.write(bytes, 0, Math.min(length, Recorder.MAX_BODY - kept.size()));
    }
  }

  private void record(Recorder recorder, Request request, long start) {
    recorder.add(
        new Recorder.Entry(
            agent.method(),
            request.url().encodedPath(),
            sent(request),
            status,
            ByteString.of(kept.toByteArray()),
            count.map(AnswerCount::usage).orElse(AgentUsage.NONE),
            session.time().since(start)));
  }

  private static ByteString sent(Request request) {
    try (var buffer = new Buffer()) {
      if (request.body() != null) {
        request.body().writeTo(buffer);
      }
      return buffer.readByteString(Math.min(Recorder.MAX_BODY, buffer.size()));
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }
}
