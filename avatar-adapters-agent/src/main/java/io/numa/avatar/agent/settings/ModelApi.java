package io.numa.avatar.agent.settings;

import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A model's host.
 *
 * @param baseUrl as the host documents it for this kind of client, such as {@code
 *     https://llm.example.com/v1}; plain http was checked when the configuration was read
 * @param key gives the key, read again for each session; may run a command, and throws {@link
 *     io.numa.avatar.port.PortException} of kind {@code AGENT_LOGIN} if there is none
 */
public record ModelApi(URI baseUrl, Supplier<Secret> key) {}
