package io.numa.avatar.agent.gateway.internal.dialect;

import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.stream.Stream;

/** Answers of model hosts, in their manners, with the tokens that they state. */
public record Answers(String name, Dialect dialect, String body, AgentUsage usage) {
  static final Answers CHAT_STREAM =
      new Answers(
          "chat, streamed",
          Dialect.OPENAI_CHAT,
          """
          : a comment {"usage":{"prompt_tokens":99999}}

          data: {"id":"1","choices":[{"index":0,"delta":{"content":"say \\"usage\\":{\\"prompt_tokens\\":7777}"}}]}

          data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

          data: {"id":"1","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":34,\
          "total_tokens":1234,"prompt_tokens_details":{"cached_tokens":1000},\
          "completion_tokens_details":{"reasoning_tokens":20}}}

          data: [DONE]

          """,
          usage(1200, 1000, 0, 34));

  static final Answers RESPONSES_STREAM =
      new Answers(
          "responses, streamed",
          Dialect.OPENAI_RESPONSES,
          """
          event: response.created
          data: {"type":"response.created","response":{"id":"r","usage":null}}

          event: response.output_text.delta
          data: {"type":"response.output_text.delta","delta":"caf\u00e9 \\\\"}

          event: response.completed
          data: {"type":"response.completed","response":{"id":"r","output":[{"content":[]}],\
          "usage":{"input_tokens":500,"input_tokens_details":{"cached_tokens":400},\
          "output_tokens":60,"output_tokens_details":{"reasoning_tokens":10},"total_tokens":560}}}

          """,
          usage(500, 400, 0, 60));

  static final Answers MESSAGES_STREAM =
      new Answers(
          "messages, streamed",
          Dialect.ANTHROPIC,
          """
          event: message_start
          data: {"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":25,\
          "cache_creation_input_tokens":100,"cache_read_input_tokens":800,"output_tokens":1}}}

          event: ping
          data: {"type": "ping"}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},\
          "usage":{"output_tokens":42}}

          event: message_stop
          data: {"type":"message_stop"}

          """,
          usage(925, 800, 100, 42));

  static final Answers GEMINI_STREAM =
      new Answers(
          "gemini, streamed",
          Dialect.GEMINI,
          """
          data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":\
          {"promptTokenCount":300,"candidatesTokenCount":1,"totalTokenCount":301}}

          data: {"candidates":[{"content":{"parts":[{"text":"b"}]}}],"usageMetadata":\
          {"promptTokenCount":300,"cachedContentTokenCount":200,"candidatesTokenCount":9,\
          "thoughtsTokenCount":50,"toolUsePromptTokenCount":7,"totalTokenCount":366}}

          """,
          usage(307, 200, 0, 59));

  private static final Answers CHAT =
      new Answers(
          "chat",
          Dialect.OPENAI_CHAT,
          "{\"choices\":[{\"message\":{\"content\":\"x\"}}],"
              + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}",
          usage(10, 0, 0, 5));

  private static final Answers CHAT_WITH_USAGE_IN_CHOICE =
      new Answers(
          "chat, usage in a choice",
          Dialect.OPENAI_CHAT,
          "data: {\"choices\":[{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,"
              + "\"cached_tokens\":4}}]}\r\n\r\ndata: [DONE]\r\n\r\n",
          usage(10, 4, 0, 5));

  private static final Answers RESPONSES =
      new Answers(
          "responses",
          Dialect.OPENAI_RESPONSES,
          "{\"output\":[],\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}",
          usage(10, 0, 0, 5));

  private static final Answers MESSAGES =
      new Answers(
          "messages",
          Dialect.ANTHROPIC,
          "{\"content\":[],\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":3,"
              + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":99},\"output_tokens\":5}}",
          usage(13, 3, 0, 5));

  private static final Answers GEMINI_LIST =
      new Answers(
          "gemini, a list",
          Dialect.GEMINI,
          "[{\"usageMetadata\":{\"promptTokenCount\":8}},\n"
              + "{\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":2}}]",
          usage(8, 0, 0, 2));

  private static final Answers DATA_OVER_LINES =
      new Answers(
          "an event over several lines",
          Dialect.ANTHROPIC,
          "data: {broken\n\ndata: {\"usage\":\ndata: {\"input_tokens\":\ndata:4}}\n\n",
          usage(4, 0, 0, 0));

  public static Stream<Answers> all() {
    return Stream.of(
        CHAT_STREAM,
        RESPONSES_STREAM,
        MESSAGES_STREAM,
        GEMINI_STREAM,
        CHAT,
        CHAT_WITH_USAGE_IN_CHOICE,
        RESPONSES,
        MESSAGES,
        GEMINI_LIST,
        DATA_OVER_LINES);
  }

  /** One answer of each dialect. */
  public static Stream<Answers> streams() {
    return Stream.of(CHAT_STREAM, RESPONSES_STREAM, MESSAGES_STREAM, GEMINI_STREAM);
  }

  private static AgentUsage usage(long input, long cached, long written, long output) {
    return new AgentUsage(1, 0, 0, input, cached, written, output, BigDecimal.ZERO);
  }

  @Override
  public String toString() {
    return name;
  }
}
