// Collects the sound of the audio thread into messages of a fiftieth of a second.
const WORKLET = `
const LENGTH = 1024;
registerProcessor("collector", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(LENGTH);
    this.filled = 0;
    this.frame = 0;
    this.seq = 0;
  }
  process([[samples]]) {
    if (!samples) return true;
    let taken = 0;
    while (taken < samples.length) {
      const part = samples.subarray(taken, taken + LENGTH - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      taken += part.length;
      if (this.filled === LENGTH) this.send();
    }
    return true;
  }
  send() {
    this.port.postMessage({seq: this.seq, frame: this.frame, pcm: this.block.buffer}, [this.block.buffer]);
    this.block = new Float32Array(LENGTH);
    this.seq += 1;
    this.frame += LENGTH;
    this.filled = 0;
  }
});`;

// A guitar is no voice: every "improvement" for calls would bend its pitch, its level and its attacks.
const PLAIN = {echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1};

const TROUBLE = {
  NotAllowedError: "refused", SecurityError: "insecure",
  NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy",
};

async function listen(model) {
  if (!isSecureContext || !navigator.mediaDevices) throw Object.assign(new Error(), {name: "SecurityError"});
  const stream = await navigator.mediaDevices.getUserMedia({audio: PLAIN});
  const context = new AudioContext({latencyHint: "interactive"});
  const wake = () => context.resume();
  const close = () => {
    removeEventListener("pointerdown", wake);
    removeEventListener("keydown", wake);
    for (const track of stream.getTracks()) { track.onended = null; track.stop(); }
    context.close();
  };
  const [track] = stream.getAudioTracks();
  track.onended = () => { close(); model.send_msg({kind: "ended"}) };
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
  const address = URL.createObjectURL(new Blob([WORKLET], {type: "text/javascript"}));
  await context.audioWorklet.addModule(address);
  URL.revokeObjectURL(address);
  const collector = new AudioWorkletNode(context, "collector", {numberOfOutputs: 0});
  collector.port.onmessage = ({data}) => model.send_msg({kind: "sound", ...data});
  model.send_msg({kind: "open", rate: context.sampleRate, label: track.label});
  if (context.state === "suspended") model.send_msg({kind: "asleep"});
  context.createMediaStreamSource(stream).connect(collector);
  return close;
}

export function render({ model }) {
  let closing = null;
  const follow = () => {
    if (model.wanted && closing == null) {
      closing = listen(model).catch((error) => {
        closing = null;
        model.send_msg({kind: TROUBLE[error.name] ?? "failed"});
        return () => {};
      });
    } else if (!model.wanted && closing != null) {
      closing.then((close) => close());
      closing = null;
    }
  };
  model.on("wanted", follow);
  model.on("remove", () => closing?.then((close) => close()));
  follow();
  return document.createElement("span");
}
