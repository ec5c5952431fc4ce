// load PORT PATH COOKIE CONNECTIONS SECONDS: CONNECTIONS keep-alive connections, each asking again
// as soon as it is answered. Prints "REQUESTS NANOSECONDS BYTES"; any answer but 200 ends it.
#include "clock.h"
#include "websocket.h"

enum { MOST = 64 };

typedef struct {
  int socket;
  size_t filled, wanted;  // wanted: the whole answer's length, 0 until its head is there
  char buffer[1 << 20];
} Client;

static Client clients[MOST];
static char request[8192];
static size_t request_length;
static long requests, bytes;

static void ask(Client *client) {
  client->filled = client->wanted = 0;
  write_all(client->socket, request, request_length);
}

static void read_head(Client *client) {
  char *end = memmem(client->buffer, client->filled, "\r\n\r\n", 4);
  if (!end) return;
  *end = 0;
  if (strncmp(client->buffer, "HTTP/1.1 200", 12) != 0) fail("answered %s", client->buffer);
  char *length = strcasestr(client->buffer, "\r\ncontent-length:");
  if (!length) fail("no Content-Length in %s", client->buffer);
  client->wanted = end + 4 - client->buffer + atol(length + 17);
  if (client->wanted > sizeof client->buffer) fail("an answer of %zu bytes", client->wanted);
}

static void hear(Client *client) {
  ssize_t got = read(client->socket, client->buffer + client->filled,
                     sizeof client->buffer - client->filled);
  if (got <= 0) fail("the server closed a connection");
  client->filled += got;
  if (!client->wanted) read_head(client);
  if (!client->wanted || client->filled < client->wanted) return;
  requests++;
  bytes += client->filled;
  ask(client);
}

int main(int count, char **words) {
  if (count != 6) fail("usage: load PORT PATH COOKIE CONNECTIONS SECONDS");
  int port = atoi(words[1]), connections = atoi(words[4]);
  if (connections < 1 || connections > MOST) fail("between 1 and %d connections", MOST);
  request_length = snprintf(request, sizeof request,
                            "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n", words[2],
                            port, words[3]);
  struct pollfd polled[MOST];
  for (int i = 0; i < connections; i++) {
    clients[i].socket = connect_loopback(port);
    if (clients[i].socket < 0) fail("nothing listens on port %d", port);
    polled[i] = (struct pollfd){clients[i].socket, POLLIN, 0};
    ask(&clients[i]);
  }
  int64_t began = now_ns(), end = began + (int64_t)(atof(words[5]) * 1e9);
  while (now_ns() < end) {
    poll(polled, connections, 1000);
    for (int i = 0; i < connections; i++) {
      if (polled[i].revents) hear(&clients[i]);
    }
  }
  printf("%ld %lld %ld\n", requests, (long long)(now_ns() - began), bytes);
  return 0;
}
