// socket.io, saying the same to everyone. Run with Node: PORT. The package is looked for in NODE_PATH.
const { Server } = require("socket.io");
const server = require("http").createServer();
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 3_600_000 });
io.on("connection", (socket) => socket.on("say", (text) => io.emit("said", text)));
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("Ready:"));
