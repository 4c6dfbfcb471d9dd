/** TLS on loopback: a certificate authority, its certificates, and a TLS proxy for servers without TLS. */
@NullMarked
package io.replaylinker.testkit.tls;

import org.jspecify.annotations.NullMarked;
