package io.numa.avatar.agent.gateway;

import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.time.TimeSource;
import java.util.Optional;

/**
 * What the requests of a session share.
 *
 * @param redactor hides all secrets of the avatar, for messages
 * @param keyRedactor hides the model's key from the agent, and changes nothing else
 */
record SessionParts(
    GatewayRequest request,
    GatewayAddress address,
    Credentials credentials,
    ModelHost host,
    Meter meter,
    Notes notes,
    SessionEvents events,
    Optional<Recorder> recorder,
    Redactor redactor,
    Redactor keyRedactor,
    RequestBodies bodies,
    TimeSource time) {}
