package io.parley.bench.chaos;

import io.parley.bench.cluster.Cluster;
import io.parley.bench.cluster.Node;
import io.parley.bench.socket.Lanes;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.BenchAccount;
import io.parley.bench.subject.Crowd;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The people of a run and their conversations, with everything that speaks, listens and walks for
/// them over all nodes.
final class Town implements AutoCloseable {
  private static final int GROUP_SENDERS = 3;

  final Gate gate = new Gate();
  final Pulse pulse = new Pulse();
  final Refusals refusals = new Refusals();
  final List<Person> people;
  final List<Chat> chats = new ArrayList<>();
  final List<Sender> senders = new ArrayList<>();
  final List<Receiver> receivers = new ArrayList<>();
  final List<Walker> walkers = new ArrayList<>();

  private final List<Thread> threads = new ArrayList<>();
  private final Lanes lanes;
  private final List<URI> nodes;
  private final URI balancer;

  /// How many there are.
  ///
  /// @param pairs of accounts that talk to each other
  /// @param groups each of six of these accounts, three of which talk
  /// @param walkers of these accounts that walk Sync
  /// @param rate messages a second, of all
  record Size(int pairs, int groups, int walkers, double rate) {}

  private Town(Cluster cluster, Lanes lanes, List<Person> people) {
    this.lanes = lanes;
    this.people = people;
    nodes = cluster.nodes().stream().map(Node::url).toList();
    balancer = cluster.url();
  }

  /// Makes the accounts and conversations; nobody speaks yet.
  static Town found(Cluster cluster, Lanes lanes, Size size, String key) {
    List<AccountApi> apis =
        cluster.nodes().stream().map(node -> new AccountApi(node.url())).toList();
    try {
      List<Person> people =
          Crowd.each(
              "accounts",
              2 * size.pairs(),
              i -> {
                String nickname = "chaos-" + key + "-" + i;
                BenchAccount made = apis.get(i % apis.size()).register(nickname);
                return new Person(i, made.id(), nickname, made.token());
              });
      Town town = new Town(cluster, lanes, people);
      for (int i = 0; i < size.pairs(); i++) {
        town.chats.add(Chat.ofTwo(people.get(2 * i), people.get(2 * i + 1)));
      }
      for (int i = 0; i < size.groups(); i++) {
        town.chats.add(group(apis.getFirst(), people, i, key));
      }
      town.settle(size, key);
      return town;
    } finally {
      apis.forEach(AccountApi::close);
    }
  }

  private static Chat group(AccountApi api, List<Person> people, int index, String key) {
    List<Person> members = new ArrayList<>();
    int many = Math.min(6, people.size());
    for (int i = 0; i < many; i++) {
      members.add(people.get((index * 5 + i) % people.size()));
    }
    Person owner = members.getFirst();
    long group =
        api.createGroup("chaos-" + key + "-" + index, new BenchAccount(owner.id(), owner.token()));
    for (Person member : members.subList(1, many)) {
      api.joinGroup(group, new BenchAccount(member.id(), member.token()));
    }
    return Chat.ofGroup(group, members);
  }

  private void settle(Size size, String key) {
    int talking = 2 * size.pairs() + size.groups() * Math.min(GROUP_SENDERS, people.size());
    double pauseMs = 1000.0 * talking / size.rate();
    Sender.Shared shared = new Sender.Shared(gate, pulse, refusals, pauseMs, key);
    for (Chat chat : chats) {
      int speakers = Math.min(GROUP_SENDERS, chat.members().size());
      for (Person speaker : chat.members().subList(0, speakers)) {
        int number = senders.size();
        Line line = new Line(net(number), speaker, "sends-" + number, Line.Ear.NONE);
        senders.add(new Sender(shared, chat, speaker, number, line));
      }
    }
    for (Person person : people) {
      // At another node than where the person's first sender is.
      Line.Net net = net(person.number() + 1);
      receivers.add(new Receiver(net, person, "hears-" + person.number(), refusals));
    }
    for (Person person : people.subList(0, Math.min(size.walkers(), people.size()))) {
      List<Line> lines = new ArrayList<>();
      for (int node = 0; node < nodes.size(); node++) {
        String device = "walks-" + person.number() + "-" + node;
        Line.Net net = new Line.Net(lanes, List.of(nodes.get(node)));
        lines.add(new Line(net, person, device, Line.Ear.NONE));
      }
      walkers.add(new Walker(person, lines, refusals));
    }
  }

  /// Of the `index`-th: every fourth comes through the balancer, the others from node to node.
  private Line.Net net(int index) {
    if (index % 4 == 3) {
      return new Line.Net(lanes, List.of(balancer));
    }
    List<URI> order = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      order.add(nodes.get((index + i) % nodes.size()));
    }
    return new Line.Net(lanes, order);
  }

  /// Everybody begins.
  void begin() {
    pulse.begin();
    receivers.forEach(each -> threads.add(Thread.ofVirtual().start(each)));
    walkers.forEach(each -> threads.add(Thread.ofVirtual().start(each)));
    senders.forEach(each -> threads.add(Thread.ofVirtual().start(each)));
  }

  /// Everybody back to the node that he began at. While the gate is closed.
  void goHome() {
    senders.forEach(Sender::goHome);
    receivers.forEach(Receiver::goHome);
  }

  /// Whoever can read the conversation, over a line of its own to node `node`.
  Line reader(Chat chat, int node) {
    Line.Net net = new Line.Net(lanes, List.of(nodes.get(node % nodes.size())));
    return new Line(net, chat.members().getFirst(), "reads", Line.Ear.NONE);
  }

  @Override
  public void close() {
    senders.forEach(Sender::end);
    receivers.forEach(Receiver::end);
    walkers.forEach(Walker::end);
    threads.forEach(Thread::interrupt);
  }
}
