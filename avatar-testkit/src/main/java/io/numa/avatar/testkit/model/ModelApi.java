package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelServer.MODEL;
import static io.numa.avatar.testkit.model.Wire.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.model.ModelAction.Fails;
import io.numa.avatar.testkit.model.ModelAction.UsesTool;
import io.numa.avatar.testkit.model.Play.Step;
import io.numa.avatar.testkit.model.Play.Step.Refuses;
import io.numa.avatar.testkit.model.Play.Step.Speaks;
import io.numa.avatar.testkit.model.Play.Step.Waits;
import io.numa.avatar.testkit.model.ToolChoice.NoToolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Answers the requests of a model server. Safe for use by several threads. */
final class ModelApi {
  private final RequestLog requests = new RequestLog();
  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile ModelUsage usage = ModelUsage.of(1_200, 40).withCached(200);
  private volatile Optional<String> key = Optional.empty();

  /** The conversations that mention the marker play the script. */
  private record Part(String marker, Play play) {}

  void play(String marker, ModelScript script) {
    parts.add(0, new Part(marker, new Play(script)));
  }

  void state(ModelUsage stated) {
    usage = stated;
  }

  void requireKey(String required) {
    key = Optional.of(required);
  }

  RequestLog requests() {
    return requests;
  }

  void serve(ModelExchange exchange) throws IOException, InterruptedException {
    ModelRequest request = requests.add(exchange.request());
    Wire wire = request.dialect().orElse(Dialect.OPENAI_CHAT).wire();
    Route route = Route.of(request.method(), request.path());
    if (route == Route.GREETING) {
      exchange.send(200, Map.of(), "");
    } else if (key.isPresent() && !request.apiKey().equals(key)) {
      exchange.send(401, wire.error(401, "invalid api key"));
    } else if (route == Route.ANSWER) {
      answer(request, wire, exchange);
    } else if (route == Route.TOKEN_COUNT) {
      exchange.send(200, tokenCount());
    } else if (route == Route.MODELS) {
      exchange.send(200, models());
    } else {
      exchange.send(404, wire.error(404, "no such path: " + request.path()));
    }
  }

  /** The names of both dialects that have such a count. */
  private ObjectNode tokenCount() {
    return object().put("input_tokens", usage.input()).put("totalTokens", usage.input());
  }

  /** The lists of OpenAI and Anthropic, and that of Gemini. */
  private static ObjectNode models() {
    ObjectNode list = object().put("object", "list").put("has_more", false);
    list.putArray("data")
        .addObject()
        .put("id", MODEL)
        .put("object", "model")
        .put("type", "model")
        .put("display_name", MODEL);
    list.putArray("models").addObject().put("name", "models/" + MODEL);
    return list;
  }

  private void answer(ModelRequest request, Wire wire, ModelExchange exchange)
      throws IOException, InterruptedException {
    Conversation conversation = wire.read(request.json());
    Step step = step(conversation);
    if (step instanceof Waits) {
      exchange.awaitClose();
    } else if (step instanceof Refuses refusal) {
      refuse(refusal.failure(), wire, exchange);
    } else {
      speak((Speaks) step, conversation, request, exchange);
    }
  }

  private Step step(Conversation conversation) {
    return parts.stream()
        .filter(part -> conversation.mentions(part.marker()))
        .map(Part::play)
        .filter(play -> play.isFor(conversation))
        .findFirst()
        .map(play -> play.next(conversation))
        .orElseGet(() -> Speaks.once("Done."));
  }

  private static void refuse(Fails failure, Wire wire, ModelExchange exchange) throws IOException {
    String body =
        failure
            .body()
            .orElseGet(() -> wire.error(failure.status(), "the script says so").toString());
    exchange.send(failure.status(), failure.headers(), body);
  }

  private void speak(
      Speaks speech, Conversation conversation, ModelRequest request, ModelExchange exchange)
      throws IOException, InterruptedException {
    Wire wire = request.dialect().orElseThrow().wire();
    try {
      Answer answer = answer(speech, conversation);
      if (wire.streams(request)) {
        exchange.stream(wire.stream(request, answer), answer.delivery());
      } else {
        exchange.send(wire.whole(request, answer), answer.delivery());
      }
    } catch (NoToolException e) {
      exchange.send(400, wire.error(400, String.valueOf(e.getMessage())));
    }
  }

  private Answer answer(Speaks speech, Conversation conversation) throws NoToolException {
    List<Answer.Call> calls = new ArrayList<>();
    for (UsesTool action : speech.tools()) {
      ToolChoice.Chosen chosen = new ToolChoice(conversation).choose(action);
      calls.add(
          new Answer.Call("call_" + ids.incrementAndGet(), chosen.tool(), chosen.arguments()));
    }
    String id = Long.toString(ids.incrementAndGet());
    return new Answer(id, speech.text(), calls, usage, speech.delivery());
  }
}
